import type { TokenCredential } from "@azure/identity";
import type { Azure } from "../../config";
import { ENDPOINTS } from "./clouds";

/** Nobody is logged in here. */
export class NoLogin extends Error {}

/** Who runs the command: whom the azurerm provider would take, by its variables, a federated token, or the Azure CLI. */
export class Operator {
  private readonly tokens = new Map<string, Promise<string>>();
  private credential: Promise<TokenCredential> | undefined;

  /** @param variables Of the process. */
  constructor(
    private readonly azure: Pick<Azure, "cloud" | "tenantId" | "cli">,
    private readonly variables: NodeJS.ProcessEnv,
  ) {}

  /** @param audience Without a slash at the end. @throws {NoLogin} */
  token(audience: string): Promise<string> {
    const token = this.tokens.get(audience) ?? this.ask(audience);
    this.tokens.set(audience, token);
    return token;
  }

  /** Tenant, as far as file or variables say it. */
  get tenantId(): string | undefined {
    return this.azure.tenantId ?? this.variables.ARM_TENANT_ID ?? this.variables.AZURE_TENANT_ID;
  }

  private async ask(audience: string): Promise<string> {
    try {
      this.credential ??= this.choose();
      const credential = await this.credential;
      const { token } = (await credential.getToken(`${audience}/.default`)) ?? {};
      if (token !== undefined) return token;
    } catch (error) {
      throw new NoLogin(wordsOf(error));
    }
    throw new NoLogin("no token was given");
  }

  private async choose(): Promise<TokenCredential> {
    // Its code is large, and other commands need none of it.
    const {
      AzureCliCredential,
      ChainedTokenCredential,
      ClientSecretCredential,
      EnvironmentCredential,
      WorkloadIdentityCredential,
    } = await import("@azure/identity");
    const { tenantId, variables } = this;
    const authorityHost = ENDPOINTS[this.azure.cloud].login;
    const {
      ARM_CLIENT_ID: clientId,
      ARM_CLIENT_SECRET: secret,
      AZURE_FEDERATED_TOKEN_FILE: tokenFile,
      AZURE_CLIENT_ID,
    } = variables;
    return new ChainedTokenCredential(
      ...(tenantId && clientId && secret
        ? [new ClientSecretCredential(tenantId, clientId, secret, { authorityHost })]
        : []),
      ...(AZURE_CLIENT_ID ? [new EnvironmentCredential({ authorityHost })] : []),
      ...(tokenFile && tenantId ? [new WorkloadIdentityCredential({ tenantId, authorityHost })] : []),
      ...(this.azure.cli ? [new AzureCliCredential(tenantId === undefined ? {} : { tenantId })] : []),
    );
  }
}

/** Of the attempts the last says what a person would do; each has a line. */
function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split("\n").findLast((each) => each.trim() !== "") ?? "";
  return line.trim().replace(/^\w*Error: /, "");
}
