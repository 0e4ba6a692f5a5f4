import type { Federated, ManagedIdentity, RegistryToken, ServicePrincipal } from "../config";
import { assertNever } from "../config/never";
import { textOf } from "../config/text";
import type { AzureApi } from "./azure/azure-api";
import type { RegistryResource } from "./azure/azure-objects";
import { pullRight } from "./azure/pull-right";
import { failed, notChecked, ok, warned, type Findings, type Outcome } from "./check";
import type { ExpectedCluster } from "./expected";
import { clusterSubject } from "./subjects";

interface Question {
  readonly azure: AzureApi;
  /** Undefined where there is none. @throws {NotAllowed} */
  readonly registry: () => Promise<RegistryResource | undefined>;
  /** Whether the identity stack has run, which gives roles. */
  readonly isDeployed: boolean;
}

/** Whether what a cluster pulls with may pull, as Azure knows it. */
export async function checkIdentity(
  findings: Findings,
  { key, pull }: ExpectedCluster,
  question: Question,
): Promise<void> {
  const subject = clusterSubject(key);
  const check = "identity may pull";
  if (pull.kind === "existingSecret") return;
  await findings.check(subject, check, async () => {
    const registry = await question.registry();
    if (!registry) return notChecked("the registry");
    switch (pull.kind) {
      case "servicePrincipal":
      case "federated":
        return principal(pull, registry, question);
      case "registryToken":
        return tokens(pull, registry, question);
      case "managedIdentity":
        return nodes(pull, registry, question);
      default:
        return assertNever(pull);
    }
  });
}

async function principal(
  { name: text }: ServicePrincipal | Federated,
  registry: RegistryResource,
  { azure }: Question,
): Promise<Outcome> {
  const name = textOf(text);
  const [found, ...others] = await azure.servicePrincipalsNamed(name);
  if (!found) return ok(`no principal "${name}" yet: the identity stack makes it`);
  if (found.accountEnabled === false) return failed("application-disabled", `"${name}" is disabled`);
  const many = others.length > 0 ? `, one of ${others.length + 1} of this name` : "";
  return pullRight(azure, registry, found.id, `"${name}"${many}`);
}

async function nodes(
  pull: ManagedIdentity,
  registry: RegistryResource,
  { azure, isDeployed }: Question,
): Promise<Outcome> {
  const outcome = await nodesRight(pull, registry, azure);
  // Unlike a principal of ours, nodes are there before the stack that gives them the role.
  return outcome.cause === "role-missing" && !isDeployed ? { ...outcome, state: "warning" } : outcome;
}

async function nodesRight(
  { identity }: ManagedIdentity,
  registry: RegistryResource,
  azure: AzureApi,
): Promise<Outcome> {
  switch (identity.kind) {
    case "known":
      return pullRight(azure, registry, identity.objectId, `the nodes' identity ${identity.objectId}`);
    case "lookedUp": {
      const { name, resourceGroup } = identity.aks;
      const cluster = await azure.cluster(identity.aks);
      if (!cluster) return failed("cluster-missing", `there is no AKS cluster ${name} in ${resourceGroup}`);
      const objectId = cluster.properties.identityProfile?.kubeletidentity?.objectId;
      if (objectId === undefined)
        return failed("nodes-without-identity", `AKS cluster ${name} pulls by a service principal of its own`);
      return pullRight(azure, registry, objectId, `the identity of the nodes of ${name}, ${objectId},`);
    }
    default:
      return assertNever(identity);
  }
}

async function tokens(
  { name, rotation }: RegistryToken,
  registry: RegistryResource,
  { azure }: Question,
): Promise<Outcome> {
  const names = Array.from({ length: rotation.slots }, (_, slot) => `${name}-${slot}`);
  const all = await Promise.all(
    names.map(async (token) => ({ token, resource: await azure.token(registry.id, token) })),
  );
  const there = all.filter(({ resource }) => resource !== undefined);
  if (there.length === 0) return ok(`no token ${names.join(", ")} yet: the identity stack makes them`);
  const disabled = there.filter(({ resource }) => resource?.properties.status === "disabled").map(({ token }) => token);
  if (disabled.length > 0) return failed("token-disabled", `disabled: ${disabled.join(", ")}`);
  const ends = there.map(({ token, resource }) => {
    const [password] = resource?.properties.credentials?.passwords ?? [];
    const isOver = password?.expiry !== undefined && Date.parse(password.expiry) <= Date.now();
    return { isOver, text: password ? `${token} until ${password.expiry ?? "ever"}` : `${token} without a password` };
  });
  const found = ends.map(({ text }) => text).join(", ");
  if (ends.every(({ isOver }) => isOver)) return failed("password-ended", found);
  return ends.some(({ isOver }) => isOver) ? warned("password-ended", found) : ok(found);
}
