import { isMadeByManifests } from "../made-by-manifests";
import { isBuiltInNamespace } from "../namespaces";
import type { Draft } from "../parse";
import type { WrittenWorkload } from "../schema/environment";
import type { Finding, Rule } from "./rule";
import { inWorkloads } from "./workload-drafts";

/** What a workload without a port has no use for. */
const OF_PORT = [
  ...(["servicePort", "nodePort", "allowedSources", "waitForLoadBalancer", "loadBalancerTimeoutSeconds"] as const),
  ...(["serviceAnnotations", "health", "probes"] as const),
];

const portless: Rule = {
  id: "without-port",
  about: ["expose", ...OF_PORT].map((key) => `workloads.<key>.${key}`).join(", "),
  message: "needs a port: without one there are no service and no probes",
  check: (context) =>
    inWorkloads(context, (workload, path): Finding[] => {
      if ("port" in workload) return [];
      const given = OF_PORT.filter((key) => isGiven(workload[key]));
      return [...(isExposed(workload) ? ["expose"] : []), ...given].map((key) => {
        return { path: [...path, key], showValue: key === "expose" };
      });
    }),
};

const startup: Rule = {
  id: "startup-within-rollout",
  about: "workloads.<key>.probes.startupSeconds",
  message: "must be below rolloutDeadlineSeconds = {deadline}: a rollout would fail before the program has started",
  source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds",
  check: (context) =>
    inWorkloads(context, ({ probes, rolloutDeadlineSeconds: deadline }, path) =>
      deadline !== undefined && (probes?.startupSeconds ?? 0) >= deadline
        ? [{ path: [...path, "probes", "startupSeconds"], values: { deadline } }]
        : [],
    ),
};

const userOfRoot: Rule = {
  id: "user-of-root",
  about: "workloads.<key>.runAsUser",
  message: "must be left out with runAsRoot, which is user 0",
  check: (context) =>
    inWorkloads(context, ({ runAsUser, runAsRoot }, path) =>
      runAsUser !== undefined && runAsRoot !== undefined ? [{ path: [...path, "runAsUser"] }] : [],
    ),
};

const forbiddenRoot: Rule = {
  id: "root-in-restricted-namespace",
  about: "workloads.<key>.runAsRoot",
  message:
    "is refused by the namespace {namespace}, which is made here and enforces the restricted standard: " +
    "namespaces: { {namespace}: { podSecurity: baseline } }",
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
  check: ({ environment: { workloads, namespaces } }) =>
    Object.entries(workloads).flatMap(([key, { namespace, runAsRoot }]): Finding[] => {
      const { existing = isBuiltInNamespace(namespace), podSecurity = "restricted" } = namespaces[namespace] ?? {};
      if (!runAsRoot || existing || podSecurity !== "restricted") return [];
      return [{ path: ["workloads", key, "runAsRoot"], values: { namespace }, showValue: false }];
    }),
};

const nobodysAccount: Rule = {
  id: "service-account-of-nobody",
  about: "workloads.<key>.serviceAccount",
  message:
    "is made by nobody: the namespace is made here, so is the account: namespaces: { {namespace}: { serviceAccounts: [{name}] } }",
  check: ({ environment: { workloads, namespaces, manifests } }) =>
    Object.entries(workloads).flatMap(([key, { namespace, serviceAccount: name, clusters }]): Finding[] => {
      const { existing = isBuiltInNamespace(namespace), serviceAccounts = [] } = namespaces[namespace] ?? {};
      if (name === undefined || name === "default" || existing || serviceAccounts.includes(name)) return [];
      const account = { kind: "ServiceAccount", namespace, name } as const;
      if (clusters.every((cluster) => isMadeByManifests(manifests, account, cluster))) return [];
      return [{ path: ["workloads", key, "serviceAccount"], values: { namespace, name } }];
    }),
};

export const podRules = [portless, startup, userOfRoot, forbiddenRoot, nobodysAccount];

function isGiven(value: unknown): boolean {
  return value !== undefined && !(typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

/** Beyond what every workload has where nothing is said. */
function isExposed({ expose }: Draft<WrittenWorkload>): boolean {
  return expose !== undefined && expose !== "ClusterIP";
}
