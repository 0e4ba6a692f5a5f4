import { CloudError } from "../../sdk/model";
import type { NewObject, Secret, Stored } from "../kubernetes/api-object";
import type { ApiServer } from "../kubernetes/api-server";
import type { Controller } from "../kubernetes/controller";
import { KINDS } from "../kubernetes/kinds";
import type { ServiceAccount } from "../kubernetes/service-accounts";
import { readToken } from "../jwt";
import { TOKEN_USER } from "../registry-exchange";
import { ACR_PULL_KINDS } from "./acr-pull-kinds";
import { Refused, signIn, type Reach } from "./token-client";

const API = "acrpull.microsoft.com/v1beta2";
const FINALIZER = "msi-acrpull.microsoft.com";

/** Default of --service-account-token-audience: cmd/main.go. */
const AUDIENCE = "api://AzureCRTokenExchange";
/** Default of --ttl-rotation-fraction: the part of a token's life after which it is renewed. */
const FRACTION = 0.5;

export interface AcrPullBinding extends NewObject {
  readonly spec: {
    readonly acr: { readonly server: string; readonly scope: string; readonly environment: string };
    readonly auth: {
      readonly workloadIdentity?: {
        readonly serviceAccountRef: string;
        readonly clientID?: string;
        readonly tenantID?: string;
      };
    };
    readonly serviceAccountName: string;
  };
  readonly status?: {
    readonly lastTokenRefreshTime?: string;
    readonly tokenExpirationTime?: string;
    readonly error?: string;
  };
}

/** Azure's msi-acrpull 0.1.24: internal/controller and pkg/authorizer. */
export class AcrPullController implements Controller {
  static readonly id = "msi-acrpull";
  readonly name = AcrPullController.id;
  readonly definitions = ACR_PULL_KINDS;
  isDown = false;

  constructor(private readonly reach: Reach) {}

  act(api: ApiServer, time: Date): void {
    const kind = api.kindOf(API, "AcrPullBinding");
    if (!kind) return;
    const bindings = api.of<AcrPullBinding>(kind);
    for (const binding of bindings.values()) {
      const { metadata } = binding;
      const { namespace, name, finalizers = [] } = metadata;
      if (metadata.deletionTimestamp !== undefined) {
        this.release(binding, api);
        if (finalizers.includes(FINALIZER)) api.remove(kind, namespace, name);
        continue;
      }
      if (!finalizers.includes(FINALIZER)) {
        bindings.replace({ ...binding, metadata: { ...metadata, finalizers: [...finalizers, FINALIZER] } });
      }
      try {
        if (isDue(binding, api, time)) bindings.setStatus(namespace, name, this.renew(binding, api, time));
        this.attach(binding, api);
      } catch (error) {
        if (!(error instanceof Refused || error instanceof CloudError)) throw error;
        bindings.setStatus(namespace, name, { ...binding.status, error: error.message });
      }
    }
  }

  causesOf(object: Stored<NewObject>): string[] {
    const { kind, metadata, status } = object as Stored<AcrPullBinding>;
    if (kind !== "AcrPullBinding" || !status?.error) return [];
    return [`AcrPullBinding ${metadata.namespace ?? ""}/${metadata.name}: ${status.error}`];
  }

  /** Writes the secret. @returns The status. */
  private renew(
    { metadata, spec }: Stored<AcrPullBinding>,
    api: ApiServer,
    time: Date,
  ): NonNullable<AcrPullBinding["status"]> {
    const { namespace = "default", name, uid } = metadata;
    const { serviceAccountName: account, acr, auth } = spec;
    if (!api.of(KINDS.serviceAccount).get(namespace, account))
      throw new Refused(`service account "${account}" not found`);
    const { clientID: clientId = "", tenantID: tenantId = "" } = auth.workloadIdentity ?? {};
    // Of the account that gets the secret, whatever the reference says.
    const token = this.reach.createToken(namespace, account, [AUDIENCE], time);
    const access = told("failed to retrieve ARM token", () =>
      signIn(this.reach, { environment: acr.environment, tenantId, clientId, token }, time),
    );
    const password = told("failed to retrieve ACR token", () => this.exchange(acr, access, time));
    const expires = new Date((readToken(password)?.claims.exp ?? 0) * 1000);
    const login = {
      ...{ username: TOKEN_USER, password, email: "msi-acrpull@azurecr.io" },
      auth: Buffer.from(`${TOKEN_USER}:${password}`).toString("base64"),
    };
    const secret: Secret = {
      metadata: {
        ...{ namespace, name: secretName(name) },
        labels: { "acr.microsoft.com/binding": name },
        annotations: {
          "acr.microsoft.com/token.expiry": rfc3339(expires),
          "acr.microsoft.com/token.refresh": rfc3339(time),
          "acr.microsoft.com/token.inputs": inputsOf(spec),
        },
        ownerReferences: [{ kind: "AcrPullBinding", name, uid }],
      },
      type: "kubernetes.io/dockerconfigjson",
      data: { ".dockerconfigjson": JSON.stringify({ auths: { [acr.server]: login } }) },
    };
    if (api.secrets.get(namespace, secret.metadata.name)) api.secrets.replace(secret);
    else api.secrets.create(secret);
    return { lastTokenRefreshTime: rfc3339(time), tokenExpirationTime: rfc3339(expires) };
  }

  private exchange({ server, scope }: AcrPullBinding["spec"]["acr"], access: string, time: Date): string {
    const ask = (endpoint: string, form: Readonly<Record<string, string>>, step: string) => {
      const url = `https://${server}/oauth2/${endpoint}?api-version=2021-07-01`;
      const { status, body } = this.reach.post({ url, form }, time);
      if (status === 200) return body;
      throw new Refused(
        `${step}: POST https://${server}/oauth2/${endpoint}: RESPONSE ${status}: ${JSON.stringify(body)}`,
      );
    };
    const first = ask(
      "exchange",
      { grant_type: "access_token", service: server, access_token: access },
      "failed to exchange AAD access token for ACR refresh token",
    );
    const second = ask(
      "token",
      { service: server, scope, refresh_token: String(first.refresh_token), grant_type: "refresh_token" },
      "failed to exchange ACR refresh token for ACR access token",
    );
    return String(second.access_token);
  }

  /** Adds the secret to the account. */
  private attach({ metadata, spec }: Stored<AcrPullBinding>, api: ApiServer): void {
    const accounts = api.of<ServiceAccount>(KINDS.serviceAccount);
    const account = accounts.get(metadata.namespace, spec.serviceAccountName);
    const name = secretName(metadata.name);
    const { imagePullSecrets = [] } = account ?? {};
    if (!account || imagePullSecrets.some((one) => one.name === name)) return;
    accounts.replace({ ...account, imagePullSecrets: [...imagePullSecrets, { name }] });
  }

  private release({ metadata, spec }: Stored<AcrPullBinding>, api: ApiServer): void {
    const accounts = api.of<ServiceAccount>(KINDS.serviceAccount);
    const account = accounts.get(metadata.namespace, spec.serviceAccountName);
    const name = secretName(metadata.name);
    if (!account) return;
    const imagePullSecrets = (account.imagePullSecrets ?? []).filter((one) => one.name !== name);
    accounts.replace({ ...account, imagePullSecrets });
  }
}

/** As needsRefresh of acrpullbinding_v1beta2_controller.go. */
function isDue({ metadata, spec }: Stored<AcrPullBinding>, api: ApiServer, time: Date): boolean {
  const { annotations = {} } = api.secrets.get(metadata.namespace, secretName(metadata.name))?.metadata ?? {};
  const expiry = Date.parse(annotations["acr.microsoft.com/token.expiry"] ?? "");
  const refresh = Date.parse(annotations["acr.microsoft.com/token.refresh"] ?? "");
  if (Number.isNaN(expiry) || annotations["acr.microsoft.com/token.inputs"] !== inputsOf(spec)) return true;
  return time.getTime() > refresh + (expiry - refresh) * FRACTION;
}

/** What a change of needs a new token: its hash stands in the secret. */
function inputsOf({ serviceAccountName, acr }: AcrPullBinding["spec"]): string {
  return Buffer.from([serviceAccountName, acr.environment, acr.server, acr.scope].join(" ")).toString("hex");
}

function secretName(binding: string): string {
  return `acr-pull-${binding}`;
}

function rfc3339(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, "Z");
}

function told<T>(step: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refused) throw new Refused(`${step}: ${error.message}`);
    throw error;
  }
}
