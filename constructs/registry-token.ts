import { ContainerRegistryScopeMap } from "@cdktf/provider-azurerm/lib/container-registry-scope-map";
import { ContainerRegistryToken } from "@cdktf/provider-azurerm/lib/container-registry-token";
import { ContainerRegistryTokenPassword } from "@cdktf/provider-azurerm/lib/container-registry-token-password";
import { Construct } from "constructs";
import type { RegistryReference } from "./container-registry";
import { activeSecret, type RotatingSecret } from "./rotating-secret";
import { RotationClock, type Rotation } from "./rotation-clock";

export interface RegistryTokenProps {
  /** First part of the names of the scope map and the tokens in the registry. */
  readonly name: string;
  readonly registry: RegistryReference;
  /** What the tokens are for, and nothing else; none is allowed. */
  readonly repositories: readonly string[];
  /** In the words of scope maps: `content/read`. @default - what a pull takes */
  readonly actions?: readonly string[];
  /** `lag` is at least 1: while a slot is renewed its token has no password. */
  readonly rotation: Rotation;
}

const PULL = ["content/read", "metadata/read"];
/** A scope map has at least one action, and a cluster without workloads needs none: a repository that nobody has. */
const NO_REPOSITORY = ["acr-pull-none"];

/**
 * Tokens of the registry itself, without Entra ID: one a slot, since the two passwords of one token are one resource and
 * renewing either wipes both.
 */
export class RegistryToken extends Construct {
  readonly secret: RotatingSecret;

  constructor(scope: Construct, id: string, props: RegistryTokenProps) {
    super(scope, id);
    const { name, registry, repositories, actions = PULL, rotation } = props;
    const place = { containerRegistryName: registry.name, resourceGroupName: registry.resourceGroupName };
    const scopeMap = new ContainerRegistryScopeMap(this, "scope-map", {
      ...place,
      name,
      actions: [...new Set(repositories.length > 0 ? repositories : NO_REPOSITORY)]
        .sort()
        .flatMap((repository) => actions.map((action) => `repositories/${repository}/${action}`)),
    });
    const clock = new RotationClock(this, "clock", rotation);
    const slots = Array.from({ length: rotation.slots }, (_, slot) => {
      const token = new ContainerRegistryToken(this, `token-${slot}`, {
        ...place,
        name: `${name}-${slot}`,
        scopeMapId: scopeMap.id,
      });
      // Destroyed first, unlike passwords of applications: destroying it later would wipe the new one.
      const password = new ContainerRegistryTokenPassword(this, `slot-${slot}`, {
        containerRegistryTokenId: token.id,
        password1: { expiry: clock.slotEnd(slot) },
      });
      return { username: token.name, password: password.password1.value };
    });
    this.secret = activeSecret(this, clock, slots);
  }
}
