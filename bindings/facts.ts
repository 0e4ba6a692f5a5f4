import azuread from "./facts/azuread.json";
import azurerm from "./facts/azurerm.json";
import docker from "./facts/docker.json";
import kubernetes from "./facts/kubernetes.json";
import newerMajors from "./facts/newer-majors.json";
import type { BlockSchema } from "./schema";
import type { SchemaFact } from "./schema-facts";

/** When two values of an argument count as the same, whatever their text. */
export type Suppression =
  /** Quantities of Kubernetes that are equal in value: `1000m` and `1`. */
  | "quantity"
  /** Names that differ in letter case only. */
  | "case"
  /** A block that is not configured, and holds nothing but zeros and defaults. */
  | "empty"
  /** Names of images, where no tag is `latest`. */
  | "latest"
  /** Azure's regions: `West Europe` and `westeurope`. */
  | "location"
  /** Everything, as long as a write-only argument holds the value. */
  | "revision"
  /** The same instant, written otherwise. */
  | "time"
  /** A new value that is empty, which means: as it is. */
  | "unset";

/**
 * What the real provider makes of the arguments of one resource type. Paths are dotted, and list indexes are left out:
 * `spec.template.metadata.name`.
 */
export interface ResourceFacts {
  /** Values of arguments that are left out, in blocks that are there. */
  readonly defaults?: Readonly<Record<string, string | number | boolean>>;
  /** Arguments and blocks whose change replaces the resource. */
  readonly replaces?: readonly string[];
  readonly suppresses?: Readonly<Record<string, Suppression>>;
  /** Arguments that may not stand beside the key. */
  readonly conflicts?: Readonly<Record<string, readonly string[]>>;
  /** Sets of arguments of which one has to be given, and one only. */
  readonly exactlyOneOf?: readonly (readonly string[])[];
  /** Arguments that have to stand beside the key, itself among them or not. */
  readonly requiredWith?: Readonly<Record<string, readonly string[]>>;
  /** How many elements lists of plain values may have, at least and, where it is said, at most. Of blocks, schemas say it. */
  readonly items?: Readonly<Record<string, readonly [least: number, most?: number]>>;
  /** Blocks that the provider fills in, and keeps when the configuration no longer has them. Terraform cannot tell. */
  readonly filledIn?: readonly string[];
  /** Arguments at the top that the provider writes into state whenever it reads the object; the others stay null. */
  readonly reads?: readonly string[];
  /** Arguments in blocks that are sent as false, 0 or "" although they were left out. Others are then not sent at all. */
  readonly sent?: readonly string[];
  /** How long each operation is waited for where the configuration has no `timeouts`: `10m0s`. */
  readonly timeouts?: Readonly<Record<string, string>>;
  /** More can force replacement, or be refused at plan: code decides. */
  readonly decidesMoreInCode?: boolean;
}

interface ProviderFacts {
  /** Provider and version that it was read out of: `hashicorp/kubernetes 2.38.0`. */
  readonly source: string;
  readonly schema: Readonly<Record<string, SchemaFact>>;
  readonly ephemeralResources: Readonly<Record<string, Partial<BlockSchema>>>;
  /** A type whose facts are those of another names it. */
  readonly resources: Readonly<Record<string, string | ResourceFacts>>;
}

/** What a newer major has otherwise than the version that the other facts were read out of. */
interface NewerMajor extends Pick<ProviderFacts, "source" | "schema"> {
  /** First major that has it. */
  readonly since: number;
  readonly resources: Readonly<
    Record<
      string,
      Pick<ResourceFacts, "defaults" | "replaces"> & {
        /** They replace no more. */ readonly updates?: readonly string[];
      }
    >
  >;
}

const FACTS = { azuread, azurerm, docker, kubernetes } as unknown as Readonly<Record<string, ProviderFacts>>;
const NEWER = newerMajors as unknown as Readonly<Record<string, NewerMajor | undefined>>;

/**
 * @param provider Short name: `azurerm`.
 * @param major Of the provider that is meant. @default - the bindings' own
 * @returns Nothing for a provider that was not read.
 */
export function providerFacts(provider: string, major = 0): ProviderFacts | undefined {
  const facts = FACTS[provider];
  const newer = NEWER[provider];
  if (!facts || !newer || major < newer.since) return facts;
  return { ...facts, source: newer.source, schema: { ...facts.schema, ...newer.schema } };
}

/**
 * @param type Full name: `azurerm_resource_group`.
 * @param major As for {@link providerFacts}.
 * @returns No fact at all for a type that was not read.
 */
export function resourceFacts(type: string, major = 0): ResourceFacts | undefined {
  const [provider = ""] = type.split("_", 1);
  const all = providerFacts(provider)?.resources;
  const found = all?.[type];
  const facts = typeof found === "string" ? (all?.[found] as ResourceFacts) : found;
  const newer = NEWER[provider];
  const added = newer && major >= newer.since ? newer.resources[type] : undefined;
  if (!added) return facts;
  return {
    ...facts,
    defaults: { ...facts?.defaults, ...added.defaults },
    replaces: [...(facts?.replaces ?? []), ...(added.replaces ?? [])].filter((name) => !added.updates?.includes(name)),
  };
}
