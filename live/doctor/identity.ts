import type { ManagedIdentity, RegistryToken, ServicePrincipal } from "../../config";
import { assertNever } from "../../config/never";
import { PULL_ROLES } from "../../config/roles";
import { textOf } from "../../config/text";
import type { AzureApi, RegistryResource } from "../azure/azure-api";
import { failed, notChecked, ok, type Findings, type Outcome } from "../check";
import type { ExpectedCluster } from "../expected";
import { clusterSubject } from "../subjects";

interface Question {
  readonly azure: AzureApi;
  /** @default - it is not there, or may not be read */
  readonly registry: RegistryResource | undefined;
}

/** Whether what a cluster pulls with may pull, as Azure knows it. */
export async function checkIdentity(
  findings: Findings,
  { key, pull }: ExpectedCluster,
  question: Question,
): Promise<void> {
  const subject = clusterSubject(key);
  const check = "identity may pull";
  const { registry } = question;
  if (pull.kind === "existingSecret") return;
  if (!registry) {
    findings.add(subject, check, notChecked("the registry"));
    return;
  }
  await findings.check(subject, check, () => {
    switch (pull.kind) {
      case "servicePrincipal":
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
  { name: text, role }: ServicePrincipal,
  registry: RegistryResource,
  { azure }: Question,
): Promise<Outcome> {
  const name = textOf(text);
  const [found, ...others] = await azure.servicePrincipalsNamed(name);
  if (!found) return ok(`no principal "${name}" yet: the identity stack makes it`);
  if (found.accountEnabled === false) return failed("application-disabled", `"${name}" is disabled`);
  const many = others.length > 0 ? `, one of ${others.length + 1} of this name` : "";
  return holds(found.id, `"${name}"${many}`, role === undefined ? roleFor(registry) : textOf(role), registry, azure);
}

async function nodes({ identity }: ManagedIdentity, registry: RegistryResource, { azure }: Question): Promise<Outcome> {
  switch (identity.kind) {
    case "known":
      return holds(identity.objectId, `the nodes' identity ${identity.objectId}`, roleFor(registry), registry, azure);
    case "lookedUp":
      return notChecked("clusters.<key>.pull.managedIdentity.objectId: only the identity stack looks it up");
    default:
      return assertNever(identity);
  }
}

/** The one that counts in the mode that the registry is in, whatever the file says. */
function roleFor({ properties }: RegistryResource): string {
  return PULL_ROLES[properties.roleAssignmentMode === "AbacRepositoryPermissions" ? "byRepository" : "byRegistry"];
}

async function holds(
  principalId: string,
  who: string,
  role: string,
  registry: RegistryResource,
  azure: AzureApi,
): Promise<Outcome> {
  const assignments = await azure.roleAssignments(registry.id, principalId);
  const names = await Promise.all(assignments.map(({ properties }) => azure.roleName(properties.roleDefinitionId)));
  if (names.includes(role)) return ok(`${who} has ${role}`);
  const held = names.length === 0 ? "no role" : names.join(", ");
  const cause = names.includes("AcrPull") ? "role-ignored" : "role-missing";
  return failed(cause, `${who} has ${held} on the registry, and needs ${role}`);
}

async function tokens(
  { name, rotation }: RegistryToken,
  registry: RegistryResource,
  { azure }: Question,
): Promise<Outcome> {
  const names = Array.from({ length: rotation.slots }, (_, slot) => `${name}-${slot}`);
  const found = await Promise.all(
    names.map(async (token) => ({ token, resource: await azure.token(registry.id, token) })),
  );
  const there = found.filter(({ resource }) => resource !== undefined);
  if (there.length === 0) return ok(`no token ${names.join(", ")} yet: the identity stack makes them`);
  const disabled = there.filter(({ resource }) => resource?.properties.status === "disabled").map(({ token }) => token);
  if (disabled.length > 0) return failed("token-disabled", `disabled: ${disabled.join(", ")}`);
  const ends = there.map(({ token, resource }) => {
    const [password] = resource?.properties.credentials?.passwords ?? [];
    return `${token} until ${password?.expiry ?? "ever"}`;
  });
  return ok(ends.join(", "));
}
