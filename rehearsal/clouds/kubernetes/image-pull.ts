import { parseImage } from "../../../diagnosis/image-name";
import type { ContainerRegistries, Credentials, PullAnswer, PullRequest } from "../registry";
import { ownerOf, TOKEN_USER } from "../registry-exchange";
import type { Way } from "../registry-network";
import type { CachedImage, Puller } from "./image-cache";
import { joined, pullFailure } from "./image-words";
import type { ContainerFault, PodEvent } from "./pod-status";
import type { Keyring } from "./pull-secrets";

/** One pull of one container's image. */
export interface PullRecord {
  readonly time: Date;
  readonly image: string;
  /** User name sent, `anonymous`, or `kubelet` for the kubelet's own identity. */
  readonly username: string;
  readonly ok: boolean;
  readonly digest?: string | undefined;
  /** The whole chain of causes, where the pull failed: more than the kubelet says. */
  readonly reason?: string | undefined;
}

export interface Pull {
  readonly image: string;
  readonly platform: string;
  readonly ring: Keyring;
  /** Object id of the node's own identity. @default - none */
  readonly identity?: string | undefined;
  /** How the node reaches registries. @default - as everybody on the internet */
  readonly way?: Way | undefined;
  readonly time: Date;
}

type Pulled = { readonly record: PullRecord; readonly events: readonly PodEvent[] } & (
  | { readonly image: CachedImage; readonly puller: Puller }
  | { readonly image?: undefined; readonly fault: ContainerFault }
);

/** Pulls with each credential in turn, until one works. */
export function pullImage(
  registries: ContainerRegistries,
  { image, platform, ring, identity, way, time }: Pull,
): Pulled {
  const { host, repository, reference } = parseImage(image);
  const attempts = attemptsOf(ring, identity);
  const texts: string[] = [];
  const causes: string[] = [];
  let username = "";
  for (const { puller, credentials, name } of attempts) {
    username = name;
    const answer = withPlatform(
      registries.pull({ loginServer: host, repository, reference, credentials, way }),
      platform,
    );
    if (answer.ok) {
      const events = [
        event(`Pulling image "${image}"`, "Pulling"),
        event(`Successfully pulled image "${image}"`, "Pulled"),
      ];
      const record = { time, image, username, ok: true, digest: answer.digest };
      return { record, events, image: { digest: answer.digest, content: answer.content }, puller };
    }
    // An identity that may not pull gives no credentials: the node then asks as nobody.
    if (puller !== "node") texts.push(pullFailure(image, answer.fault, puller !== "anonymous", answer.reason));
    causes.push(`pulled as ${username}: ${answer.reason}`);
  }
  const detail = joined(texts);
  const explanation = [...ring.notes, ...causes].join("; ");
  return {
    record: {
      time,
      image,
      username,
      ok: false,
      reason: `ImagePullBackOff: Back-off pulling image "${image}": ${explanation}`,
    },
    events: [
      event(`Pulling image "${image}"`, "Pulling"),
      event(`Failed to pull image "${image}": ${detail}`, "Failed", "Warning"),
      event("Error: ErrImagePull", "Failed", "Warning"),
      event(`Back-off pulling image "${image}"`, "BackOff"),
    ],
    fault: {
      state: "waiting",
      reason: "ImagePullBackOff",
      message: `Back-off pulling image "${image}": ErrImagePull: ${detail}`,
      explanation,
    },
  };
}

function attemptsOf(
  { found }: Keyring,
  identity: string | undefined,
): { name: string; puller: Puller; credentials: PullRequest["credentials"] }[] {
  return [
    ...found.map((one) => ({ name: nameOf(one.credentials), puller: one, credentials: one.credentials })),
    ...(identity === undefined
      ? []
      : [{ name: "kubelet", puller: "node" as const, credentials: { principalId: identity } }]),
    ...(found.length === 0 ? [{ name: "anonymous", puller: "anonymous" as const, credentials: undefined }] : []),
  ];
}

/** Who asks: of a token, whoever it was given to. */
function nameOf({ username, password }: Credentials): string {
  return username === TOKEN_USER ? (ownerOf(password) ?? username) : username;
}

/** An index is refused that lacks the node's platform; a single manifest is taken as it is. */
function withPlatform(answer: PullAnswer, platform: string): PullAnswer {
  if (!answer.ok || !answer.content.isIndex || answer.content.platforms?.includes(platform) !== false) return answer;
  return { ok: false, fault: "no-platform", reason: `the image index has no manifest for ${platform}` };
}

function event(message: string, reason: string, type: PodEvent["type"] = "Normal"): PodEvent {
  return { type, reason, message };
}
