import { readManifests, type ReadManifests } from "../manifests/read-manifests";
import type { ManifestSet } from "../manifests/manifest-set";
import { cachedRepository } from "./cached-images";
import type { Sound } from "./parse";
import { isHostOf } from "./registry-hosts";
import type { WrittenManifests } from "./schema/environment";

/** Reads the manifests that one environment file names. Each entry is read once, however many clusters get it. */
export class ManifestReader {
  private readonly found = new Map<string, ReadManifests>();

  /** @param sound What of the file has no problem of its own. */
  constructor(
    private readonly projectDirectory: string,
    private readonly sound: Sound,
  ) {}

  /** What was read, by the keys of the entries. */
  get entries(): ReadonlyMap<string, ReadManifests> {
    return this.found;
  }

  /** @returns Undefined where something is wrong with the manifests. */
  setOf(
    key: string,
    { images: names, path, allowOutside, allowOtherImages, namespace, customResources }: WrittenManifests,
  ): ManifestSet | undefined {
    const { registry, azure, images } = this.sound;
    const rules = Object.values(registry?.cacheRules ?? {});
    const read = readManifests({
      ...{ projectDirectory: this.projectDirectory, path, allowOutside, namespace, names, customResources, images },
      // Of a registry that is wrong nobody knows what it caches.
      allowOtherImages: allowOtherImages || registry === undefined,
      cachedAt: (name) => cachedRepository(rules, name),
      pullSecrets: this.pullSecrets(),
      isOwnHost: (host) => registry !== undefined && azure !== undefined && isHostOf(host, registry, azure),
    });
    this.found.set(key, read);
    return read.set;
  }

  /** Names that the pull secret has in some namespace. */
  private pullSecrets(): string[] {
    const { registry, clusters, namespaces } = this.sound;
    const all = [...Object.values(clusters), ...Object.values(namespaces)].map(({ pullSecret }) =>
      typeof pullSecret === "object" ? pullSecret.name : pullSecret,
    );
    const existing = Object.values(clusters).map(({ pull }) => pull.existingSecret?.name);
    const names = [registry && `${registry.name}-secret`, ...all, ...existing];
    return names.filter((name) => name !== undefined);
  }
}
