import { argumentsOf, deployment } from "./manifests";

const podOf = (yaml: string) =>
  (argumentsOf(yaml) as { spec: { template: { spec: Record<string, unknown> } } }).spec.template.spec;
const AUTOSCALER = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: a }
spec: { maxReplicas: 3, scaleTargetRef: { kind: Deployment, name: web }, behavior: BEHAVIOR }
`;

it("says of each container what its pod says of users, and only where the container says nothing", () => {
  const pod = podOf(
    deployment(`securityContext: { runAsNonRoot: true }
containers:
  - { name: a, image: nginx, securityContext: { privileged: false } }
  - { name: b, image: nginx, securityContext: { runAsNonRoot: false } }
  - { name: c, image: nginx }
initContainers: [{ name: d, image: nginx, securityContext: { runAsUser: 5 } }]`),
  );
  expect(pod.container).toMatchObject([
    { security_context: { run_as_non_root: true } },
    { security_context: { run_as_non_root: false } },
    expect.not.objectContaining({ security_context: expect.anything() as unknown }),
  ]);
  expect(pod.init_container).toMatchObject([{ security_context: { run_as_non_root: true, run_as_user: "5" } }]);
});

it("says nothing of users where the pod says nothing", () => {
  const pod = podOf(deployment("containers: [{ name: a, image: nginx, securityContext: { privileged: false } }]"));
  expect(pod.container).toEqual([{ name: "a", image: "nginx", security_context: { privileged: false } }]);
});

test.each([
  ["as its account says", "", false],
  ["as it says itself", "\nautomountServiceAccountToken: true", true],
])("a pod gets a token %s", (_title, more, expected) => {
  const account =
    "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: quiet }\nautomountServiceAccountToken: false\n";
  const yaml = deployment(`serviceAccountName: quiet\ncontainers: [{ name: a, image: nginx }]${more}`) + account;
  expect(podOf(yaml).automount_service_account_token).toBe(expected);
});

it("keeps the history of a StatefulSet, and what somebody says of it", () => {
  const yaml = deployment("containers: [{ name: a, image: nginx }]", "StatefulSet");
  expect(argumentsOf(yaml)).toMatchObject({ spec: { revision_history_limit: 10 } });
  expect(argumentsOf(yaml.replace("spec:\n", "spec:\n  revisionHistoryLimit: 0\n"))).toMatchObject({
    spec: { revision_history_limit: 0 },
  });
});

it("gives an autoscaler the cluster's own behaviour where it leaves parts of it out", () => {
  expect(
    argumentsOf(AUTOSCALER.replace("BEHAVIOR", "{ scaleDown: {}, scaleUp: { stabilizationWindowSeconds: 5 } }")),
  ).toMatchObject({
    spec: {
      behavior: {
        scale_down: {
          select_policy: "Max",
          stabilization_window_seconds: 300,
          policy: [{ type: "Percent", value: 100 }],
        },
        scale_up: {
          select_policy: "Max",
          stabilization_window_seconds: 5,
          policy: [{ type: "Pods" }, { type: "Percent" }],
        },
      },
    },
  });
  expect(argumentsOf(AUTOSCALER.replace("BEHAVIOR", "null"))).not.toMatchObject({
    spec: { behavior: expect.anything() as unknown },
  });
});

test.each([
  ["egress: [{}]", ["Ingress", "Egress"]],
  ["egress: []", ["Ingress"]],
  ["policyTypes: [Egress]", ["Egress"]],
])("a policy with %s is about %s", (field, types) => {
  const yaml = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec: { podSelector: {}, ${field} }\n`;
  expect(argumentsOf(yaml)).toMatchObject({ spec: { policy_types: types } });
});

it("says that users are in no namespace, and accounts where they are", () => {
  const yaml = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: a }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: a }
subjects: [{ kind: Group, name: g, apiGroup: rbac.authorization.k8s.io }, { kind: ServiceAccount, name: s, namespace: ns }]
`;
  expect(argumentsOf(yaml)).toMatchObject({
    subject: [
      { name: "g", namespace: "" },
      { name: "s", namespace: "ns" },
    ],
  });
});

it("says that an endpoint is good where nobody says otherwise", () => {
  const yaml = `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: a }
addressType: IPv4
ports: [{ name: h, port: 80, appProtocol: http }]
endpoints: [{ addresses: [192.0.2.1], conditions: {} }, { addresses: [192.0.2.2], conditions: { ready: false } }]
`;
  expect(argumentsOf(yaml)).toMatchObject({
    endpoint: [
      { condition: { ready: true, serving: true, terminating: false } },
      { condition: { ready: false, serving: false, terminating: false } },
    ],
  });
});

it("gives pods of a ReplicationController their time to end", () => {
  const yaml =
    "apiVersion: v1\nkind: ReplicationController\nmetadata: { name: a }\nspec: { selector: { a: b }, template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: a, image: nginx }] } } }\n";
  expect(argumentsOf(yaml)).toMatchObject({
    spec: {
      template: {
        spec: { termination_grace_period_seconds: 30, dns_policy: "ClusterFirst", restart_policy: "Always" },
      },
    },
  });
});

test.each([
  ["the cluster's own deadline", "", "720s"],
  ["a deadline of its own", "  progressDeadlineSeconds: 60\n", "180s"],
])("has Terraform wait longer for a rollout than %s", (_title, more, timeout) => {
  const yaml = deployment("containers: [{ name: a, image: nginx }]").replace("spec:\n", `spec:\n${more}`);
  expect(argumentsOf(yaml)).toMatchObject({ timeouts: { create: timeout, update: timeout } });
});

it("selects by the template's labels where a ReplicationController names no selector, and has them", () => {
  const yaml =
    "apiVersion: v1\nkind: ReplicationController\nmetadata: { name: a }\nspec: { template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: a, image: nginx }] } } }\n";
  expect(argumentsOf(yaml)).toMatchObject({ metadata: { labels: { a: "b" } }, spec: { selector: { a: "b" } } });
});
