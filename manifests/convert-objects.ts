import type { Mapping } from "../config/mapping";
import type { Problem } from "../config/problem";
import type { Arguments, ManifestImage } from "./arguments";
import { checkProblems } from "./checks";
import { convert } from "./convert";
import { convertAny } from "./convert-any";
import { explicit } from "./explicit";
import { isCustom } from "./kinds";
import { describe, type ManifestObject } from "./manifest-object";
import type { ManifestNamespace, ManifestResource, ManifestSet } from "./manifest-set";
import { modelProblems } from "./model";
import { Order } from "./order";
import { withOwnImages, type OwnImages } from "./own-images";
import { placeObjects, type Placed, type PlacingOptions } from "./place-objects";
import { podSecurityOf } from "./pod-security";
import { schemaOf } from "./resource-schema";
import { secretWarnings } from "./secrets";
import { Surroundings } from "./surroundings";
import { waiting } from "./waiting";

export interface SetOptions extends Omit<OwnImages, "ownSecrets">, PlacingOptions {
  /** Names of the pull secret that namespaces get. */
  readonly pullSecrets: readonly string[];
}

/** What became of the objects of a set. */
export interface ConvertedObjects {
  readonly set: ManifestSet;
  readonly problems: readonly Problem[];
  readonly lines: readonly string[];
  readonly warnings: readonly string[];
}

/** Checks and converts the objects of a set, and puts them in order. */
export function convertObjects(objects: readonly ManifestObject[], options: SetOptions): ConvertedObjects {
  const lines: string[] = [];
  const warnings: string[] = [];
  const placed = placeObjects(objects, options, lines);
  const surroundings = new Surroundings(placed, options);
  const order = new Order(placed);
  const images: ManifestImage[] = [];
  const otherImages = new Set<string>();
  const names = new Set<string>();
  const pulling = new Set<string>();
  const resources = placed.map((one): ManifestResource => {
    const { object, value, namespace } = one;
    const own = withOwnImages(object.kind, value, { ...options, ownSecrets: surroundings.pullSecrets(namespace) });
    images.push(...own.used);
    for (const name of own.others) otherImages.add(name);
    for (const known of own.names) names.add(known);
    if (own.used.length > 0 && namespace !== undefined) pulling.add(namespace);
    const { arguments: converted, problems } = converting(
      one,
      explicit(object.kind, own.object, surroundings.of(namespace)),
    );
    lines.push(...describe(object, withoutEchoes([...refused(one), ...own.problems, ...problems])));
    warnings.push(...describe(object, [...own.warnings, ...secretWarnings(object.kind, value)]));
    return resourceOf(one, converted, order.before(one), surroundings.ignored(one));
  });
  const problems = Object.keys(options.names)
    .filter((name) => !names.has(name) && lines.length === 0)
    .map((name) => ({ path: ["images", name], rule: "is the name of no image in the manifests", atKey: true }));
  const set = { objects: resources, namespaces: namespacesOf(placed, pulling), images, otherImages: [...otherImages] };
  return { set, problems, lines, warnings };
}

/** What the API server would say. Of an object whose types are wrong the rest is not looked at: it would only follow. */
function refused({ object: { kind }, apiVersion, value }: Placed): Problem[] {
  if (isCustom(apiVersion)) return [];
  const problems = modelProblems(apiVersion, kind, value);
  return problems.length > 0 ? problems : checkProblems({ kind, value });
}

function resourceOf(
  { object, apiVersion, value, id, namespace, typed }: Placed,
  converted: Arguments,
  after: readonly string[],
  ignored: readonly string[],
): ManifestResource {
  const { kind, name } = object;
  const type = typed?.type ?? "kubernetes_manifest";
  const place = namespace === undefined ? {} : { namespace };
  return {
    id,
    apiVersion,
    kind,
    name,
    ...place,
    type,
    arguments: { ...converted, ...waiting(type, value) },
    after,
    ignored,
  };
}

function converting(
  { object, namespace, typed }: Placed,
  value: Mapping,
): { arguments: Arguments; problems: readonly Problem[] } {
  if (!typed) return convertAny(value, namespace);
  const schema = schemaOf(typed.type);
  const { arguments: converted, problems } = convert(typed.type, schema, value);
  const metadata = converted.metadata;
  const isBlock = typeof metadata === "object" && metadata !== null && "block" in metadata;
  if (namespace === undefined || !isBlock) return { arguments: converted, problems };
  return {
    arguments: {
      ...converted,
      metadata: { block: { ...metadata.block, name: { text: object.name }, namespace: { namespace } } },
    },
    problems,
  };
}

function namespacesOf(placed: readonly Placed[], pulling: ReadonlySet<string>): ManifestNamespace[] {
  const made = new Map(
    placed.flatMap(({ object, id }) => (object.kind === "Namespace" ? [[object.name, id] as const] : [])),
  );
  const privileged = new Set(
    placed
      .filter(({ object, value }) => podSecurityOf(object.kind, value) === "privileged")
      .map(({ namespace }) => namespace),
  );
  const names = new Set([...placed.flatMap(({ namespace }) => namespace ?? []), ...made.keys()]);
  return [...names].sort().map((name) => {
    const madeBy = made.get(name);
    const podSecurity = privileged.has(name) ? "privileged" : "baseline";
    return { name, ...(madeBy !== undefined && { madeBy }), pulls: pulling.has(name), podSecurity };
  });
}

/** Of several problems at one place, the first. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  return [
    ...new Map(problems.toReversed().map((problem) => [JSON.stringify(problem.path), problem])).values(),
  ].toReversed();
}
