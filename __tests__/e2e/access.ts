import { type Clouds, covers, type Credentials, type Registry } from "../../rehearsal";

/** Roles that push, by the registry's mode. */
const PUSHING_ROLES = {
  LegacyRegistryPermissions: ["AcrPush", "Contributor", "Owner"],
  AbacRepositoryPermissions: ["Container Registry Repository Writer"],
};

/** What the token service says to somebody: what they may do, or why it does not believe who they are. */
export type Access =
  { readonly ok: true; readonly actions: readonly string[] } | { readonly ok: false; readonly reason: string };

/** Decides from the rehearsed clouds what ACR's token service decides from the real ones. */
export function accessTo(
  clouds: Clouds,
  registry: Registry,
  repository: string,
  credentials: Credentials | undefined,
): Access {
  const reason = clouds.registries.refusal(registry, { repository, credentials });
  if (reason?.startsWith("unauthorized")) return { ok: false, reason };
  const mayPush = credentials !== undefined && canPush(clouds, registry, repository, credentials);
  return { ok: true, actions: [...(reason === undefined ? ["pull"] : []), ...(mayPush ? ["push"] : [])] };
}

function canPush(clouds: Clouds, registry: Registry, repository: string, { username, password }: Credentials): boolean {
  const token = registry.tokens.get(username);
  if (token) {
    const actions = registry.scopeMaps.get(token.scopeMapId.split("/").at(-1) ?? "") ?? [];
    return actions.includes(`repositories/${repository}/content/write`);
  }
  const signIn = clouds.entra.authenticate(username, password, clouds.clock.now());
  return (
    signIn.ok &&
    clouds.arm.roles
      .all()
      .some(
        ({ principalId, roleName, scope }) =>
          principalId === signIn.principal.objectId &&
          PUSHING_ROLES[registry.roleAssignmentMode].includes(roleName) &&
          covers(scope, registry.id),
      )
  );
}
