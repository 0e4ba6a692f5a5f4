import type { CauseId } from "../../diagnosis";
import type { ImageName } from "../../diagnosis/image-name";
import type { Environment } from "../../config";
import { failed, NotAllowed, outcomeOf, type Outcome } from "../check";
import type { Live } from "../live";
import { platformOutcome } from "../platforms";
import { pullRight } from "../azure/pull-right";
import { signIn } from "../azure/sign-in";
import { replay } from "../registry/replay";
import { TOKEN_USER, type Credential } from "../registry/tokens";
import { endOf } from "../token-claims";
import { iso } from "../cluster/secret-deadline";

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes: a client id is a GUID. */
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** As registries have them: https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions */
const TOKEN = /^[\w-]{5,50}$/;

/** Tries credentials against the registry, as nodes do, and finds out why one is refused. Each is tried once an image. */
export class CredentialCheck {
  private readonly outcomes = new Map<string, Promise<Outcome>>();

  constructor(
    private readonly live: Live,
    private readonly environment: Environment,
  ) {}

  /** @param nodes Platforms of those that pull. */
  pulls(wanted: ImageName, credential: Credential, nodes: readonly string[]): Promise<Outcome> {
    const key = JSON.stringify([wanted, credential, nodes]);
    const outcome = this.outcomes.get(key) ?? outcomeOf(() => this.try(wanted, credential, nodes));
    this.outcomes.set(key, outcome);
    return outcome;
  }

  private async try(wanted: ImageName, credential: Credential, nodes: readonly string[]): Promise<Outcome> {
    const pulled = await replay(this.live.http, wanted, credential);
    if (pulled.ok) return platformOutcome(pulled.image, nodes);
    const { cause, reason } = pulled;
    if (cause !== "credential-refused" && cause !== "role-missing") return failed(cause, reason);
    return this.explain(credential, wanted.repository, cause, reason);
  }

  /** A registry says no more than 401: Entra knows of passwords, Azure Resource Manager of tokens and modes. */
  private async explain(
    credential: Credential,
    repository: string,
    cause: "credential-refused" | "role-missing",
    reason: string,
  ): Promise<Outcome> {
    const { username, password } = credential;
    if (username === TOKEN_USER) return ofToken(password, cause, reason);
    if (!GUID.test(username)) {
      return TOKEN.test(username)
        ? this.explainToken(username, cause, reason)
        : failed("username-malformed", `user name "${username}"`);
    }
    const { tenantId } = this.live.operator;
    if (cause === "credential-refused") {
      if (tenantId === undefined)
        return failed(cause, `${reason}; which it is can be told with azure.tenantId or ARM_TENANT_ID`);
      const answer = await signIn(this.live.http, this.environment.azure.cloud, tenantId, credential);
      if (!answer.ok) return failed(answer.cause ?? cause, answer.reason);
    }
    const found = `${username} signs in, and the registry gives it no pull: ${reason}`;
    const right = await this.readable(() => this.rightOf(username));
    if (right?.state === "failed" && right.cause) return failed(right.cause, `${found}; ${right.found}`);
    // Azure knows of a role, and still the registry refuses: not for this repository, or not yet.
    if (right) return failed("role-missing", `${found}; ${right.found}, which does not let it pull ${repository}`);
    const mode = await this.readable(async () => (await this.registry())?.properties.roleAssignmentMode);
    return failed(mode === "AbacRepositoryPermissions" ? "role-ignored" : "role-missing", found);
  }

  /** @returns undefined where Azure knows neither of the registry nor of the principal. */
  private async rightOf(clientId: string): Promise<Outcome | undefined> {
    const [registry, principal] = await Promise.all([this.registry(), this.live.azure.servicePrincipal(clientId)]);
    return registry && principal && pullRight(this.live.azure, registry, principal.id, "it");
  }

  private async explainToken(
    name: string,
    cause: "credential-refused" | "role-missing",
    reason: string,
  ): Promise<Outcome> {
    const token = await this.readable(async () => {
      const registry = await this.registry();
      return registry && this.live.azure.token(registry.id, name);
    });
    if (!token) return failed(cause, reason);
    if (token.properties.status === "disabled") return failed("token-disabled", `token ${name}`);
    const passwords = token.properties.credentials?.passwords ?? [];
    if (passwords.length === 0) return failed("password-wrong", `token ${name} has no password yet`);
    const ends = passwords.map(({ expiry }) => expiry).filter((end) => end !== undefined);
    const isOver = ends.length > 0 && ends.every((end) => Date.parse(end) <= Date.now());
    if (isOver) return failed("password-ended", `password of token ${name} ended ${ends.join(", ")}`);
    return cause === "role-missing"
      ? failed(cause, `the scope map of token ${name} has no such repository`)
      : failed("password-wrong", `token ${name}: ${reason}`);
  }

  private registry() {
    const { registry } = this.environment;
    return this.live.azure.registry(registry.resourceGroup.name, registry.name);
  }

  /** Who may not ask Azure still gets the answer of the registry. */
  private async readable<T>(look: () => Promise<T>): Promise<T | undefined> {
    try {
      return await look();
    } catch (error) {
      if (error instanceof NotAllowed) return undefined;
      throw error;
    }
  }
}

/** A token of the registry's own, which it alone can judge. */
function ofToken(token: string, cause: CauseId, reason: string): Outcome {
  const end = endOf(token);
  return end && end <= new Date()
    ? failed("token-ended", `the token ended at ${iso(end)}`)
    : failed(cause, `the registry's own token: ${reason}`);
}
