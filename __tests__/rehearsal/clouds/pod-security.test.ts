import { restrictedViolation } from "../../../rehearsal/clouds/pod-security";
import { template } from "./world";

const restricted = { allowPrivilegeEscalation: false, dropCapabilities: ["ALL"] };
const pod = { runAsNonRoot: true, seccompType: "RuntimeDefault" };

test("a pod that sets nothing violates every rule", () => {
  expect(restrictedViolation(template())).toBe(
    [
      'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "acr-app2" must set securityContext.allowPrivilegeEscalation=false)',
      'unrestricted capabilities (container "acr-app2" must set securityContext.capabilities.drop=["ALL"])',
      'runAsNonRoot != true (pod or container "acr-app2" must set securityContext.runAsNonRoot=true)',
      'seccompProfile (pod or container "acr-app2" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    ].join(", "),
  );
});

test("the pod may set for all containers what the pod can set", () => {
  expect(restrictedViolation(template({ securityContext: pod }, { securityContext: restricted }))).toBeUndefined();
});

test("a container overrides its pod", () => {
  const container = { securityContext: { ...restricted, runAsNonRoot: false } };
  expect(restrictedViolation(template({ securityContext: pod }, container))).toContain("runAsNonRoot != true");
});
