import type { ManifestSet } from "../manifests/manifest-set";
import type { OneOf } from "./alternatives";
import type {
  Written,
  WrittenCluster,
  WrittenImage,
  WrittenNamespace,
  WrittenPull,
  WrittenRegistry,
  WrittenWorkload,
} from "./schema/environment";
import type { builders } from "./schema/images";
import type { connections } from "./schema/clusters";
import type { methods } from "./schema/pull";
import type { registryAttachments } from "./schema/registry-operations";
import type { Text, TextMap, Texts } from "./text";

/**
 * One environment, checked, with all defaults and names filled in. Where the file has alternatives there is a union with
 * `kind`: take it apart with a `switch` that ends in `assertNever`.
 */
export interface Environment {
  /** The file's name without its ending: the first part of every stack's name. */
  readonly name: string;
  readonly azure: Azure;
  readonly providers: Providers;
  readonly backend: Backend;
  /** Of all Azure resources. */
  readonly tags: TextMap;
  readonly registry: Registry;
  readonly images: Readonly<Record<string, Image>>;
  readonly clusters: Readonly<Record<string, Cluster>>;
  readonly namespaces: Readonly<Record<string, Namespace>>;
  readonly workloads: Readonly<Record<string, Workload>>;
  readonly manifests: Readonly<Record<string, Manifests>>;
}

/** What can be used of an environment while other parts of its file have problems. */
export type SoundEnvironment = Pick<Environment, "name" | Maps> & Partial<Omit<Environment, "name" | Maps>>;
type Maps = "images" | "clusters" | "namespaces" | "workloads" | "manifests";

export type Azure = Readonly<Written["azure"]>;
export type Providers = Readonly<Written["providers"]>;

/** Where each stack keeps its state: a member for each key of the schema's `backend`. */
export type Backend = OneOf<Written["backend"]>;

/** A resource group, made here or by somebody else. */
export interface ResourceGroup {
  readonly kind: "created" | "adopted";
  readonly name: string;
}

export type Registry = CreatedRegistry | AdoptedRegistry;

export interface CreatedRegistry extends Readonly<
  Omit<WrittenRegistry, "resourceGroup" | "existing" | "repositoryPermissions" | "location" | "sku">
> {
  readonly kind: "created";
  readonly resourceGroup: ResourceGroup;
  readonly location: string;
  readonly sku: NonNullable<WrittenRegistry["sku"]>;
  /** Whether it is in the mode that ignores AcrPull. @default false */
  readonly repositoryPermissions?: true;
}

/** What may be put on every registry, whoever made it. */
export type RegistryAttachments = Readonly<
  Pick<WrittenRegistry, "privateEndpoints" | keyof typeof registryAttachments>
>;
/** A token for somebody outside. */
export type OutsideToken = NonNullable<WrittenRegistry["tokens"]>[string];
export type CustomerManagedKey = NonNullable<WrittenRegistry["customerManagedKey"]>;

export interface AdoptedRegistry extends RegistryAttachments {
  readonly kind: "adopted";
  readonly name: string;
  /** Name of its resource group. */
  readonly resourceGroup: ResourceGroup;
  /** Whether it is in the mode that ignores AcrPull. */
  readonly repositoryPermissions: boolean;
  /** Names or hosts of registries that images were pushed to before. @default - none */
  readonly formerly?: readonly string[] | undefined;
}

export interface Image {
  /** Repository in the registry. */
  readonly repository: string;
  readonly origin: Origin;
  /** Whether it is no entry of the file: a workload names it as it is called elsewhere, which is its key. @default false */
  readonly byName?: true;
}

/** How an image comes into the registry. */
export type Origin = Built | Prebuilt | Tagged;

/** Built and pushed here. */
export type Built = OneOf<Pick<NonNullable<WrittenImage["build"]>, keyof typeof builders>> & { readonly tag: string };

/** Pushed by another pipeline. */
export interface Prebuilt {
  readonly kind: "prebuilt";
  /** `sha256:…` */
  readonly digest: string;
  /** For people only. @default - none */
  readonly tag?: string;
}

/** Pushed by somebody else, and known by its tag alone. */
export interface Tagged {
  readonly kind: "tagged";
  readonly tag: string;
  /** Whether pods run the digest that is behind the tag at the time of a plan, and not the tag itself. */
  readonly pin: boolean;
}

export interface Cluster {
  readonly connection: Connection;
  readonly pull: Pull;
  /** Name of the pull secret, where one is made. @default - after the registry */
  readonly pullSecret?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Of the nodes, as in images' platforms. */
  readonly architecture: string;
  /** Whether services of type LoadBalancer get an address. */
  readonly loadBalancers: boolean;
  /** Whether the nodes reach the registry by a private endpoint. */
  readonly privateEndpoint: boolean;
  /** Public addresses that the nodes come from. @default - nobody knows */
  readonly egress?: readonly string[] | undefined;
}

/** How a cluster is reached. */
export type Connection = OneOf<
  Closed<Pick<WrittenCluster, keyof typeof connections>, { kubeconfig: { context: Text } }>
>;
export type Kubeconfig = Extract<Connection, { kind: "kubeconfig" }>;
export type Aks = Extract<Connection, { kind: "aks" }>;

/** How a cluster proves to the registry who it is. */
export type Pull = OneOf<
  Closed<
    Pick<WrittenPull, keyof typeof methods>,
    {
      servicePrincipal: { name: Text; delivery: Delivery };
      federated: { name: Text; trust: Trust };
      registryToken: { name: string; delivery: Delivery };
      managedIdentity: { identity: NodesIdentity };
    }
  >
>;
export type ServicePrincipal = Extract<Pull, { kind: "servicePrincipal" }>;
export type Federated = Extract<Pull, { kind: "federated" }>;
export type RegistryToken = Extract<Pull, { kind: "registryToken" }>;
export type ManagedIdentity = Extract<Pull, { kind: "managedIdentity" }>;
export type Rotation = ServicePrincipal["rotation"];

/** The identity of a cluster's nodes: known by its object id, or looked up in AKS. */
export type NodesIdentity =
  { readonly kind: "known"; readonly objectId: string } | { readonly kind: "lookedUp"; readonly aks: Aks };

/** Whose service account tokens are trusted: of an issuer that is known, or looked up in AKS. */
export type Trust =
  { readonly kind: "known"; readonly issuer: string } | { readonly kind: "lookedUp"; readonly aks: Aks };

/** How a password reaches the cluster: through the state of its stack, or a key vault. */
export type Delivery = { readonly kind: "state" } | { readonly kind: "keyVault"; readonly vault: Vault };

export type Vault =
  | { readonly kind: "created"; readonly name: string; readonly resourceGroup: string; readonly location: string }
  | { readonly kind: "adopted"; readonly name: string; readonly resourceGroup: string };

/** A namespace, on every cluster where it is used. */
export interface Namespace extends Readonly<Omit<WrittenNamespace, "clusters" | "pullSecret">> {
  /** Keys of the clusters where it gets the pull secret, whether a workload runs there or not. */
  readonly clusters: readonly string[];
  /** What it has of its own: the cluster's fills the rest. */
  readonly pullSecret: PullSecret;
}

/** What is said of a pull secret. */
export interface PullSecret {
  /** @default - what is said elsewhere */
  readonly name?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Texts;
  /** Whether it was made by hand, and the next apply imports it. @default false */
  readonly adopt?: boolean | undefined;
}

/** Objects that are applied as somebody wrote them. */
export interface Manifests {
  /** Keys of the clusters that get them. */
  readonly clusters: readonly string[];
  /** Shared by all of them. */
  readonly set: ManifestSet;
  /** Whether the next apply imports those that are there. */
  readonly adopt: boolean;
}

/** The place of a variable's value in the namespace. */
export interface VariableSource {
  readonly kind: "secret" | "configMap";
  /** Of the secret or of the config map. */
  readonly name: string;
  readonly key: string;
}

/** Environment variables by name: what they are, or where that lies. */
export type Variables = Readonly<Record<string, Text | VariableSource>>;

/** Objects that were made by hand, or once were. */
export interface HandMade {
  /** Name of the Deployment. */
  readonly deployment: string;
  /** Name of the Service. */
  readonly service: string;
  readonly selector: Readonly<Record<string, string>>;
  /** Whether the next apply has to import them. */
  readonly adopt: boolean;
}

export interface Workload extends Readonly<Omit<WrittenWorkload, "clusters" | "env" | "adopt" | "keep">> {
  readonly env: Variables;
  /** @default - made here, and named by the key */
  readonly handMade?: HandMade;
  /** Keys of the clusters that run it. */
  readonly clusters: readonly string[];
}

/** Alternatives as they are written, with what closing them adds to some. */
type Closed<Alternatives, Added extends Partial<Record<keyof Alternatives, object>>> = {
  [Kind in keyof Alternatives]-?: NonNullable<Alternatives[Kind]> & (Kind extends keyof Added ? Added[Kind] : unknown);
};
