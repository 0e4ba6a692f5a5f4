import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { TOKEN_ACTIONS } from "../config/schema/registry-tokens";
import type { TokenSlice } from "../config/slices";
import type { RegistryReference } from "../constructs/container-registry";
import { ExpiryCheck } from "../constructs/expiry-check";
import { RegistryToken } from "../constructs/registry-token";
import { VaultDelivery } from "../constructs/vault-delivery";
import { addBackend } from "./backend";
import { addAzurermProvider } from "./providers";

export interface TokenStackProps extends TokenSlice {
  readonly registry: RegistryReference;
}

/** A token of the registry for somebody outside. Its state holds all password slots; who uses it reads the active one in a key vault. */
export class TokenStack extends TerraformStack {
  constructor(scope: Construct, id: string, { environment, token, registry }: TokenStackProps) {
    super(scope, id);
    addBackend(this, environment.backend);
    addAzurermProvider(this, environment);
    const { name, repositories, rotation, vault } = token;
    const actions = [...new Set(token.actions.flatMap((action) => TOKEN_ACTIONS[action]))].sort();
    const { secret } = new RegistryToken(this, "registry-token", { name, registry, repositories, actions, rotation });
    new VaultDelivery(this, "vault-delivery", {
      vault: { kind: "adopted", ...vault },
      secret,
      secretName: this.node.id,
      userSecretName: `${this.node.id}-username`,
      tags: environment.tags,
    });
    new TerraformOutput(this, "username", {
      value: secret.username,
      description:
        "User name that goes with the password; it changes with each generation, and lies in the key vault as well.",
    });
    new TerraformOutput(this, "expires", {
      value: secret.expires,
      description: "From then on the registry refuses the password in the key vault.",
    });
    new TerraformOutput(this, "apply_before", {
      value: secret.applyBefore,
      description: "Apply this stack again until then.",
    });
    new ExpiryCheck(this, "expiry-check", { deadline: secret, time: "local.time" });
  }
}
