import { shipped } from "../../rehearsal/rehearsals";
import type { RunRecord } from "../../../rehearsal";

/** A rehearsal of the demo in which something of everything happened. @param text Stands wherever somebody else's words do. */
export function recordWith(text: string, environment = shipped()): RunRecord {
  const { name } = environment;
  const pull = {
    cluster: "aksdemo2",
    image: `acrdemo2ss.azurecr.io/app:${text}`,
    username: "client-id",
    principal: text,
    times: 1,
  };
  return {
    environment,
    now: new Date("2026-11-26T12:00:00Z"),
    report: {
      ...{ environment: name, passed: false, seconds: 4.56, log: text },
      stacks: [{ name: "demo-registry", resources: 2, seconds: 0.5 }],
      story: {
        images: [{ image: text, digest: "sha256:ab", isUnknown: true }],
        pulls: [{ ...pull, role: text, expires: "2027-03-10T00:00:00Z", applyBefore: "2027-02-08T00:00:00Z" }],
        probes: [{ cluster: "aksdemo2", namespace: text, by: text }],
        workloads: [{ cluster: "aksdemo2", workload: text, running: 1, replicas: 2, address: text }],
      },
      ...{ warnings: [text], faults: [text], leftovers: [text] },
      outages: [{ cluster: "aksdemo2", workload: text, starts: 0, replicas: 1, reason: text }],
      failure: { stack: "demo-registry", step: "apply", address: text, reason: text, cause: "role-missing" },
    },
    steps: [
      { stack: "demo-registry", step: "init", start: 100, seconds: 0.25, failed: false },
      { stack: "demo-registry", step: "apply", start: 100.25, seconds: 1, failed: true },
    ],
    plans: new Map([["demo-registry", [{ address: text, action: "create", message: text }]]]),
    pulls: [pull, { ...pull, refusal: { reason: text, cause: "password-ended" } }],
  };
}
