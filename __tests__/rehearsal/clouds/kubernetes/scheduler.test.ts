import { linuxNode, schedule, VIRTUAL_NODE } from "../../../../rehearsal/clouds/kubernetes/scheduler";
import { deployment } from "../world";

const LINUX_NODE = linuxNode("amd64");
const template = (pod = {}) => deployment({ pod }).spec.template.spec;

const nodeSelector = { "kubernetes.io/role": "agent", "kubernetes.io/os": "linux", type: "virtual-kubelet" };
const provider = { key: "virtual-kubelet.io/provider", operator: "Exists" };
const aci = { key: "azure.com/aci", operator: "Exists", effect: "NoSchedule" };

test("a pod without wishes lands on the ordinary pool", () => {
  expect(schedule(template(), [VIRTUAL_NODE, LINUX_NODE])).toEqual({ node: LINUX_NODE });
});

test("the tutorial's selector and tolerations land on the virtual node", () => {
  const pod = template({ nodeSelector, tolerations: [provider, aci] });
  expect(schedule(pod, [LINUX_NODE, VIRTUAL_NODE])).toEqual({ node: VIRTUAL_NODE });
});

test("a selector that no node matches leaves the pod unschedulable", () => {
  expect(schedule(template({ nodeSelector, tolerations: [provider] }), [LINUX_NODE])).toEqual({
    message: "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
  });
});

test("without the toleration the virtual node refuses", () => {
  expect(schedule(template({ nodeSelector, tolerations: [aci] }), [LINUX_NODE, VIRTUAL_NODE])).toEqual({
    message:
      "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint {virtual-kubelet.io/provider: azure}.",
  });
});

test.each([
  [{ key: "virtual-kubelet.io/provider", operator: "Equal", value: "azure" }, true],
  [{ key: "virtual-kubelet.io/provider", operator: "Equal", value: "aws" }, false],
  [{ key: "virtual-kubelet.io/provider", operator: "Exists", effect: "NoExecute" }, false],
  [{ operator: "Exists" }, true],
])("toleration %j: %s", (toleration, fits) => {
  expect("node" in schedule(template({ nodeSelector, tolerations: [toleration] }), [VIRTUAL_NODE])).toBe(fits);
});
