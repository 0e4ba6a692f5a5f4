import type { Federated } from "../../config";
import { causeOf } from "../../diagnosis";
import { failed, ok, outcomeOf, warned, type Outcome } from "../check";
import type { Kubernetes } from "../cluster/kubernetes";
import type { KubeEvent } from "../cluster/objects";
import { iso } from "../cluster/secret-deadline";
import { claimsOf } from "../token-claims";
import { kindsOf, objectNameOf, renewalIn, type RenewedObject } from "./controllers";

/** A controller has this long after a token's half life: both begin then, or before. */
const SLACK_MS = 5 * 60 * 1000;

export interface RenewalQuestion {
  readonly cluster: Kubernetes;
  readonly pull: Federated;
  readonly namespace: string;
  /** That the controller writes. */
  readonly secret: string;
}

/** What the object that has a secret written says of it. @throws {NotAllowed} */
export async function renewalOutcome({ cluster, pull, namespace, secret }: RenewalQuestion): Promise<Outcome> {
  const [{ groupVersion, kind, resource }] = kindsOf(pull);
  const name = objectNameOf(pull, secret);
  const [plural = ""] = resource.split(".");
  const path = `/apis/${groupVersion}/namespaces/${namespace}/${plural}/${name}`;
  const object = await cluster.get<RenewedObject>(path);
  const what = `${kind} ${name}`;
  if (!object) {
    return (await cluster.serves(groupVersion, kind))
      ? failed("secret-missing", `there is no ${what}: the workload stack makes it`)
      : failed("kind-missing", `there is no kind ${kind} in ${groupVersion}`);
  }
  const renewal = renewalIn(pull, object);
  if (!renewal) return failed("controller-silent", `${what} has no status`);
  const { at, fault } = renewal;
  if (fault === undefined) return ok(`${what} is renewed${at ? `, last at ${iso(at)}` : ""}`);
  // An ExternalSecret's status only says that there is an error, and its events say which.
  const events = await eventsOf(cluster, namespace, kind, name);
  const told = [fault, ...events].find((message) => causeOf(message) !== undefined) ?? fault;
  const cause = causeOf(told);
  return { state: "failed", found: `${what}: ${told}`, ...(cause && { cause }) };
}

/** Whether the token in a secret is good, and still renewed. @param now The registry's clock counts. */
export function tokenOutcome(token: string, now: Date): Outcome {
  const { iat, exp } = claimsOf(token) ?? {};
  if (exp === undefined) return ok("its end cannot be read");
  const end = new Date(exp * 1000);
  if (now >= end) return failed("token-ended", `the token ended at ${iso(end)}`);
  const half = iat === undefined ? undefined : ((iat + exp) / 2) * 1000;
  const found = `the token ends at ${iso(end)}`;
  return half !== undefined && now.getTime() > half + SLACK_MS
    ? warned("controller-silent", `${found}, and should have been renewed since ${iso(new Date(half))}`)
    : ok(found);
}

/** Newest first; none where they may not be read. */
async function eventsOf(cluster: Kubernetes, namespace: string, kind: string, name: string): Promise<string[]> {
  let messages: string[] = [];
  await outcomeOf(async () => {
    const events = await cluster.list<KubeEvent>(`/api/v1/namespaces/${namespace}/events`);
    messages = events
      .filter(({ involvedObject }) => involvedObject?.kind === kind && involvedObject.name === name)
      .flatMap(({ message }) => message ?? [])
      .toReversed();
    return ok("");
  });
  return messages;
}
