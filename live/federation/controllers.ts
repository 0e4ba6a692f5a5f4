import type { Federated } from "../../config";
import { assertNever } from "../../config/never";
import type { Condition, KubeObject } from "../cluster/objects";

/** A kind that a controller brings. */
export interface ServedKind {
  readonly groupVersion: string;
  readonly kind: string;
  /** As rights name it. */
  readonly resource: string;
}

const EXTERNAL_SECRET = {
  groupVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  resource: "externalsecrets.external-secrets.io",
};
const ACCESS_TOKEN = {
  groupVersion: "generators.external-secrets.io/v1alpha1",
  kind: "ACRAccessToken",
  resource: "acraccesstokens.generators.external-secrets.io",
};
const BINDING = {
  groupVersion: "acrpull.microsoft.com/v1beta2",
  kind: "AcrPullBinding",
  resource: "acrpullbindings.acrpull.microsoft.com",
};

/** What an apply writes for a controller: constructs/generated-secret.ts, constructs/bound-secret.ts. */
export function kindsOf({ controller }: Federated): readonly [ServedKind, ...ServedKind[]] {
  switch (controller) {
    case "externalSecrets":
      return [EXTERNAL_SECRET, ACCESS_TOKEN];
    case "acrPull":
      return [BINDING];
    default:
      return assertNever(controller);
  }
}

/** Name of the object that has a secret written: the other way round than config/pull-secret.ts. */
export function objectNameOf({ controller }: Federated, secret: string): string {
  switch (controller) {
    case "externalSecrets":
      return secret;
    case "acrPull":
      return secret.replace(/^acr-pull-/, "");
    default:
      return assertNever(controller);
  }
}

/**
 * An ExternalSecret or an AcrPullBinding, as far as it says how renewing goes: external-secrets v2.9.0,
 * apis/externalsecrets/v1/externalsecret_types.go; msi-acrpull v0.1.24, api/v1beta2/acrpullbinding_types.go.
 */
export interface RenewedObject extends KubeObject {
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly refreshTime?: string;
    readonly error?: string;
    readonly lastTokenRefreshTime?: string;
    readonly tokenExpirationTime?: string;
  };
}

/** What an object says: when its secret was last written, and what has kept the controller from it since. */
export interface Renewal {
  /** @default - never */
  readonly at?: Date;
  /** @default - nothing that it knows of */
  readonly fault?: string;
}

/** @returns undefined where no controller has looked at the object. */
export function renewalIn({ controller }: Federated, { status }: RenewedObject): Renewal | undefined {
  if (!status) return undefined;
  switch (controller) {
    case "externalSecrets": {
      const ready = status.conditions?.find(({ type }) => type === "Ready");
      if (!ready) return undefined;
      return renewal(status.refreshTime, ready.status === "True" ? undefined : (ready.message ?? ready.reason ?? ""));
    }
    case "acrPull": {
      const { error = "", lastTokenRefreshTime, tokenExpirationTime } = status;
      if (error === "" && tokenExpirationTime === undefined) return undefined;
      return renewal(lastTokenRefreshTime, error === "" ? undefined : error);
    }
    default:
      return assertNever(controller);
  }
}

function renewal(at: string | undefined, fault: string | undefined): Renewal {
  return { ...(at !== undefined && { at: new Date(at) }), ...(fault !== undefined && { fault }) };
}
