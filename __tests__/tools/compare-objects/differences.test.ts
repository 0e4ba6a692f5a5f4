import { differences } from "../../../tools/compare-objects/differences";

const container = (more: object) => ({ spec: { template: { spec: { containers: [{ name: "a", ...more }] } } } });
const PLACE = "spec.template.spec.containers[0]";

it("finds what is other, what is missing and what is too much", () => {
  const [provider, kubectl] = [container({ image: "x", tty: true }), container({ image: "y", stdin: true })];
  expect(differences(provider, kubectl)).toEqual([
    { path: `${PLACE}.image`, provider: "x", kubectl: "y" },
    { path: `${PLACE}.tty`, provider: true, kubectl: undefined },
    { path: `${PLACE}.stdin`, provider: undefined, kubectl: true },
  ]);
});

it("passes over what every object has of its own", () => {
  const own = (uid: string) => ({
    metadata: { uid, name: "a", annotations: { "kubectl.kubernetes.io/last-applied-configuration": uid } },
    status: { uid },
  });
  expect(differences(own("1"), own("2"))).toEqual([]);
});

it("passes over a default that the provider says, and over no other value of it", () => {
  const context = (value: boolean) => container({ securityContext: { allowPrivilegeEscalation: value } });
  expect(differences(context(true), container({}))).toEqual([]);
  expect(differences(context(false), container({}))).toHaveLength(1);
  expect(differences(container({}), context(true))).toHaveLength(1);
});

it("does not call an object equal that is not there", () => {
  expect(differences(undefined, { kind: "Pod" })).toEqual([{ path: "kind", provider: undefined, kubectl: "Pod" }]);
});

it("passes over what a container says as its pod does", () => {
  const pod = {
    spec: { securityContext: { runAsNonRoot: true }, containers: [{ securityContext: { privileged: false } }] },
  };
  const own = (runAsNonRoot: boolean) => ({
    spec: { ...pod.spec, containers: [{ securityContext: { privileged: false, runAsNonRoot } }] },
  });
  expect(differences(own(true), pod)).toEqual([]);
  expect(
    differences({ spec: { containers: own(true).spec.containers } }, { spec: { containers: pod.spec.containers } }),
  ).toHaveLength(1);
});

it("passes over the order of sets, and of no list", () => {
  const rules = (...verbs: string[]) => ({ rules: [{ verbs }] });
  expect(differences(rules("a", "b"), rules("b", "a"))).toEqual([]);
  expect(differences(container({ args: ["a", "b"] }), container({ args: ["b", "a"] }))).toHaveLength(2);
});
