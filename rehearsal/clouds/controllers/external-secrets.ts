import { CloudError } from "../../sdk/model";
import type { NewObject, Secret, Stored } from "../kubernetes/api-object";
import type { ApiServer } from "../kubernetes/api-server";
import type { Controller } from "../kubernetes/controller";
import { KINDS } from "../kubernetes/kinds";
import { TOKEN_USER } from "../registry-exchange";
import { EXTERNAL_SECRETS_KINDS } from "./external-secrets-kinds";
import { renderTemplate } from "./go-template";
import { Refused, signIn, type Reach } from "./token-client";

const SECRET_API = "external-secrets.io/v1";
const GENERATOR_API = "generators.external-secrets.io/v1alpha1";

/** Of every token that it asks for: providers/v1/azure/keyvault/keyvault.go. */
const AUDIENCE = "api://AzureADTokenExchange";

export interface ExternalSecret extends NewObject {
  readonly spec: {
    readonly refreshInterval: string;
    readonly target: {
      readonly name?: string;
      readonly template?: {
        readonly type?: string;
        readonly metadata?: Pick<NewObject["metadata"], "labels" | "annotations">;
        readonly data?: Readonly<Record<string, string>>;
      };
    };
    readonly dataFrom?: readonly {
      readonly sourceRef?: { readonly generatorRef?: { readonly kind: string; readonly name: string } };
    }[];
  };
  readonly status?: SecretStatus;
}

interface SecretStatus {
  readonly refreshTime?: string;
  /** Generation of the object that was synced last. */
  readonly syncedResourceVersion?: string;
  readonly conditions: readonly { type: "Ready"; status: "True" | "False"; reason: string; message: string }[];
}

interface Generator extends NewObject {
  readonly spec: {
    readonly registry: string;
    readonly tenantId?: string;
    readonly scope?: string;
    readonly environmentType: string;
    readonly auth: { readonly workloadIdentity?: { readonly serviceAccountRef?: { readonly name: string } } };
  };
}

/**
 * External Secrets Operator 2.9.0, as far as pull secrets of Azure's registries go: generators/v1/acr/acr.go and
 * pkg/controllers/externalsecret.
 */
export class ExternalSecretsOperator implements Controller {
  static readonly id = "external-secrets";
  readonly name = ExternalSecretsOperator.id;
  readonly definitions = EXTERNAL_SECRETS_KINDS;
  isDown = false;
  /** What its events say of an object that it could not sync, by uid: more than the object's status. */
  private readonly events = new Map<string, string>();

  constructor(private readonly reach: Reach) {}

  act(api: ApiServer, time: Date): void {
    const kind = api.kindOf(SECRET_API, "ExternalSecret");
    if (!kind) return;
    const objects = api.of<ExternalSecret>(kind);
    for (const object of objects.values()) {
      const { namespace, name, uid } = object.metadata;
      if (!isDue(object, api, time)) continue;
      try {
        this.sync(object, api, time);
        this.events.delete(uid);
        objects.setStatus(namespace, name, synced(object, time));
      } catch (error) {
        if (!(error instanceof Refused || error instanceof CloudError)) throw error;
        this.events.set(uid, error.message);
        objects.setStatus(namespace, name, failed(object));
      }
    }
  }

  causesOf({ kind, metadata: { namespace = "", name, uid } }: Stored<NewObject>): string[] {
    const event = this.events.get(uid);
    return event === undefined ? [] : [`${kind} ${namespace}/${name}: UpdateFailed: ${event}`];
  }

  private sync(object: Stored<ExternalSecret>, api: ApiServer, time: Date): void {
    const { namespace = "default", name, uid } = object.metadata;
    const { target, dataFrom = [] } = object.spec;
    const data: Record<string, string> = {};
    for (const [index, { sourceRef }] of dataFrom.entries()) {
      const reference = sourceRef?.generatorRef;
      if (reference?.kind !== "ACRAccessToken") continue;
      try {
        Object.assign(data, this.generate(namespace, reference.name, api, time));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw new Refused(
          `error processing spec.dataFrom[${index}].sourceRef.generatorRef, err: error using generator: ${message}`,
        );
      }
    }
    const { template = {} } = target;
    const render = (map: Readonly<Record<string, string>> | undefined) =>
      map && Object.fromEntries(Object.entries(map).map(([key, text]) => [key, renderTemplate(text, data)]));
    const secret: Secret = {
      metadata: {
        ...{ namespace, name: target.name ?? name },
        labels: { ...render(template.metadata?.labels), "reconcile.external-secrets.io/managed": "true" },
        annotations: render(template.metadata?.annotations),
        ownerReferences: [{ kind: "ExternalSecret", name, uid }],
      },
      type: template.type,
      data: render(template.data) ?? data,
    };
    const before = api.secrets.get(namespace, secret.metadata.name);
    if (!before) api.secrets.create(secret);
    else if (before.metadata.ownerReferences?.some((owner) => owner.uid === uid)) api.secrets.replace(secret);
    else throw new Refused("failed to take ownership of target secret");
  }

  private generate(namespace: string, name: string, api: ApiServer, time: Date): Record<string, string> {
    const kind = api.kindOf(GENERATOR_API, "ACRAccessToken");
    const generator = kind && api.of<Generator>(kind).get(namespace, name);
    if (!generator) throw new Refused(`unable to get generator: acraccesstokens "${name}" not found`);
    const { registry, tenantId = "", environmentType, scope, auth } = generator.spec;
    const account = auth.workloadIdentity?.serviceAccountRef?.name ?? "";
    const { annotations = {} } = api.of<NewObject>(KINDS.serviceAccount).require(namespace, account).metadata;
    const annotation = (key: string) => {
      const value = annotations[`azure.workload.identity/${key}`];
      if (value === undefined)
        throw new Refused(`service account is missing annotation: azure.workload.identity/${key}`);
      return value;
    };
    const clientId = annotation("client-id");
    const tenant = annotation("tenant-id");
    const token = this.reach.createToken(namespace, account, [AUDIENCE], time);
    const access = signIn(this.reach, { environment: environmentType, tenantId: tenant, clientId, token }, time);
    const refresh = this.exchange(registry, tenantId, access, time);
    return { username: TOKEN_USER, password: scope ? this.narrow(registry, scope, refresh, time) : refresh };
  }

  private exchange(registry: string, tenant: string, access: string, time: Date): string {
    const form = { grant_type: "access_token", service: registry, tenant, access_token: access };
    const { status, body } = this.reach.post({ url: `https://${registry}/oauth2/exchange`, form }, time);
    if (status === 200) return String(body.refresh_token);
    // Its own words.
    throw new Refused(`count not generate refresh token, unexpected status code ${status}, expected 200`);
  }

  private narrow(registry: string, scope: string, refresh: string, time: Date): string {
    const form = { grant_type: "refresh_token", service: registry, scope, refresh_token: refresh };
    const { status, body } = this.reach.post({ url: `https://${registry}/oauth2/token`, form }, time);
    if (status === 200) return String(body.access_token);
    throw new Refused(`could not generate access token, unexpected status code: ${status}`);
  }
}

/** As shouldRefresh and isSecretValid of externalsecret_controller.go. */
function isDue({ metadata, spec, status }: Stored<ExternalSecret>, api: ApiServer, time: Date): boolean {
  const { refreshTime, syncedResourceVersion } = status ?? {};
  if (refreshTime === undefined || syncedResourceVersion !== versionOf(metadata)) return true;
  if (!api.secrets.get(metadata.namespace, spec.target.name ?? metadata.name)) return true;
  return Date.parse(refreshTime) + milliseconds(spec.refreshInterval) < time.getTime();
}

function versionOf({ generation = 0 }: Stored<NewObject>["metadata"]): string {
  return String(generation);
}

function synced({ metadata }: Stored<ExternalSecret>, time: Date): SecretStatus {
  return {
    refreshTime: time.toISOString(),
    syncedResourceVersion: versionOf(metadata),
    conditions: [{ type: "Ready", status: "True", reason: "SecretSynced", message: "secret synced" }],
  };
}

function failed({ status }: Stored<ExternalSecret>): SecretStatus {
  const message = "could not get secret data from provider";
  return { ...status, conditions: [{ type: "Ready", status: "False", reason: "SecretSyncedError", message }] };
}

/** Of a duration as Go writes it: `1h0m0s`. */
function milliseconds(duration: string): number {
  const units = { h: 3_600_000, m: 60_000, s: 1000 };
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  );
}
