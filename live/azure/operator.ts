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

  /** The first that is given, as the provider does it: one that fails is not hidden behind another. */
  private async choose(): Promise<TokenCredential> {
    // Its code is large, and other commands need none of it.
    const { AzureCliCredential, ClientSecretCredential, EnvironmentCredential, WorkloadIdentityCredential } =
      await import("@azure/identity");
    const { tenantId, variables } = this;
    const authorityHost = ENDPOINTS[this.azure.cloud].login;
    const {
      ARM_CLIENT_ID: clientId,
      ARM_CLIENT_SECRET: secret,
      AZURE_FEDERATED_TOKEN_FILE: tokenFile,
      AZURE_CLIENT_ID,
    } = variables;
    if (tenantId && clientId && secret)
      return new ClientSecretCredential(tenantId, clientId, secret, { authorityHost });
    if (tenantId && tokenFile) return new WorkloadIdentityCredential({ tenantId, authorityHost });
    if (AZURE_CLIENT_ID) return new EnvironmentCredential({ authorityHost });
    if (this.azure.cli) return new AzureCliCredential(tenantId === undefined ? {} : { tenantId });
    throw new NoLogin("azure.cli is false, and no variable gives another login");
  }
}

/** What Entra says, without the library's words before it and Microsoft's trace ids behind it; else the last line, which says what to do. */
function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [entra] = /AADSTS\d+: .*?(?=\s*Trace ID:|$)/m.exec(text) ?? [];
  const line = text.split("\n").findLast((each) => each.trim() !== "") ?? "";
  return entra ?? line.replace(/^\w*Error: /, "").trim();
}
