import { jsonOf, type Answer, type HttpClient } from "../http";

/** What a registry has under a reference. */
export interface RemoteImage {
  readonly digest: string;
  /** Whether it lists manifests for several platforms. */
  readonly isIndex: boolean;
  /** `linux/amd64` */
  readonly platforms: readonly string[];
  /** Digest of a layer, or of the configuration where there is none. */
  readonly blob: string | undefined;
}

/** As containerd 1.6 asks. */
const ACCEPTED = [
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.oci.image.index.v1+json",
  "*/*",
].join(", ");

interface Manifest {
  readonly manifests?: readonly { readonly digest: string; readonly platform?: Platform }[];
  readonly config?: { readonly digest: string };
  readonly layers?: readonly { readonly digest: string }[];
}

interface Platform {
  readonly os?: string;
  readonly architecture?: string;
}

/** One repository of a registry, for the bearer of a token. */
export class RemoteRepository {
  private readonly headers: Readonly<Record<string, string>>;
  private readonly base: string;

  constructor(
    private readonly http: HttpClient,
    { host, repository, token }: { readonly host: string; readonly repository: string; readonly token: string },
  ) {
    this.base = `https://${host}/v2/${repository}`;
    this.headers = { authorization: `Bearer ${token}`, accept: ACCEPTED };
  }

  /** Asks whether there is such a manifest: the first thing that a runtime asks. @param reference A tag or a digest. */
  head(reference: string): Promise<Answer> {
    return this.http.request(`${this.base}/manifests/${reference}`, { method: "HEAD", headers: this.headers });
  }

  /** @returns What the registry says to who asks for a manifest that it does not give: answers to {@link head} have no words. */
  async refusal(reference: string): Promise<string> {
    return (await this.http.request(`${this.base}/manifests/${reference}`, { headers: this.headers })).body;
  }

  /** @returns undefined where the answer is no manifest, which {@link head} says better. */
  async image(reference: string): Promise<RemoteImage | undefined> {
    const answer = await this.manifest(reference);
    if (!answer) return undefined;
    const { manifest, digest } = answer;
    if (!manifest.manifests) {
      return { digest, isIndex: false, platforms: await this.platformOf(manifest), blob: blobOf(manifest) };
    }
    // Attestations stand in indexes too, for no platform.
    const listed = manifest.manifests.filter(
      ({ platform }) => platform?.architecture !== undefined && platform.architecture !== "unknown",
    );
    const first = listed[0] && (await this.manifest(listed[0].digest));
    return {
      digest,
      isIndex: true,
      platforms: listed.map(({ platform }) => nameOf(platform)),
      blob: first && blobOf(first.manifest),
    };
  }

  /** Asks for the first byte of a blob. @returns The registry's answer: 200, 206, or a redirect to where its layers lie. */
  blob(digest: string): Promise<Answer> {
    return this.http.request(`${this.base}/blobs/${digest}`, { headers: { ...this.headers, range: "bytes=0-0" } });
  }

  private async manifest(reference: string): Promise<{ manifest: Manifest; digest: string } | undefined> {
    const { status, headers, body } = await this.http.request(`${this.base}/manifests/${reference}`, {
      headers: this.headers,
    });
    const manifest = status === 200 ? jsonOf(body) : undefined;
    return manifest === undefined
      ? undefined
      : { manifest: manifest as Manifest, digest: headers["docker-content-digest"] ?? reference };
  }

  /** What is no index says its platform in its configuration, which lies where layers lie. */
  private async platformOf({ config }: Manifest): Promise<string[]> {
    if (!config) return [];
    let answer = await this.http.request(`${this.base}/blobs/${config.digest}`, { headers: this.headers });
    const { location } = answer.headers;
    if (isRedirect(answer) && location !== undefined) answer = await this.http.request(location);
    const platform = answer.status === 200 ? (jsonOf(answer.body) as Platform | undefined) : undefined;
    return platform?.architecture === undefined ? [] : [nameOf(platform)];
  }
}

export function isRedirect({ status }: Pick<Answer, "status">): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function blobOf({ layers, config }: Manifest): string | undefined {
  return layers?.[0]?.digest ?? config?.digest;
}

function nameOf({ os = "linux", architecture = "" }: Platform = {}): string {
  return `${os}/${architecture}`;
}
