import type { Clock } from "./clock";
import { isImageName, parseImage } from "./image-name";
import type { PodTemplate, Secret } from "./kubernetes-objects";
import { keyring } from "./pull-secrets";
import type { ContainerRegistries, PullRequest } from "./registry";

/** One pull of one container's image. */
export interface PullRecord {
  readonly time: Date;
  readonly image: string;
  /** User name sent, `anonymous`, or `kubelet` for the kubelet's own identity. */
  readonly username: string;
  readonly ok: boolean;
  readonly digest?: string | undefined;
  /** The whole chain of causes, where the pull failed. */
  readonly reason?: string | undefined;
}

/** Pulls the images of new pods, always anew, and keeps a record. */
export class Kubelet {
  readonly pulls: PullRecord[] = [];

  /** @param identity Object id of the managed identity that pulls where no secret does. @default - none */
  constructor(
    private readonly registries: ContainerRegistries,
    private readonly clock: Clock,
    private readonly identity?: string,
  ) {}

  /** @returns One record a container, in order; none after the first that failed. */
  pullAll(template: PodTemplate, namespace: string, find: (secret: string) => Secret | undefined): PullRecord[] {
    const records: PullRecord[] = [];
    for (const { image } of template.containers) {
      const record = this.pull(image, template.imagePullSecrets, namespace, find);
      this.pulls.push(record);
      records.push(record);
      if (!record.ok) break;
    }
    return records;
  }

  private pull(
    image: string,
    secrets: readonly string[],
    namespace: string,
    find: (secret: string) => Secret | undefined,
  ): PullRecord {
    const time = this.clock.now();
    if (!isImageName(image)) {
      const reason = `InvalidImageName: Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`;
      return { time, image, username: "", ok: false, reason };
    }
    const { host, repository, reference } = parseImage(image);
    const { credentials, notes } = keyring(find, secrets, namespace, host);
    const attempts: { username: string; credentials: PullRequest["credentials"] }[] = credentials.map((login) => ({
      username: login.username,
      credentials: login,
    }));
    if (this.identity !== undefined) {
      attempts.push({ username: "kubelet", credentials: { principalId: this.identity } });
    }
    // A node whose identity may not pull falls back to asking as nobody, and hears 401.
    if (credentials.length === 0) attempts.push({ username: "anonymous", credentials: undefined });

    const failures: string[] = [];
    let username = "";
    for (const attempt of attempts) {
      username = attempt.username;
      const request = { loginServer: host, repository, reference, credentials: attempt.credentials };
      const answer = this.registries.pull(request);
      if (answer.ok) return { time, image, username, ok: true, digest: answer.digest };
      failures.push(`pulled as ${username}: ${answer.reason}`);
    }
    const chain = [...notes, ...failures].join("; ");
    const reason = `ImagePullBackOff: Back-off pulling image "${image}": ${chain}`;
    return { time, image, username, ok: false, reason };
  }
}
