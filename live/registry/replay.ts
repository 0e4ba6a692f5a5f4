import { causeOf, type CauseId } from "../../diagnosis";
import { formatImage, type ImageName } from "../../diagnosis/image-name";
import type { HttpClient } from "../http";
import { NetworkFault } from "../network-fault";
import { challengeOf, withoutChallenge, type Challenge, type Refusal } from "./challenge";
import { isRedirect, RemoteRepository, type RemoteImage } from "./image";
import { causeOfRefusal, reasonIn, retryAfter } from "./refusal";
import { askForToken, mayPull, type Credential, type TokenAnswer } from "./tokens";

export type Pulled =
  | { readonly ok: true; readonly image: RemoteImage }
  | { readonly ok: false; readonly cause: CauseId; readonly reason: string };

/** @returns What the registry's answer without a token says, or why it is none. @throws {NetworkFault} */
export async function challenge(http: HttpClient, host: string): Promise<Challenge | Refusal> {
  const answer = await http.request(`https://${host}/v2/`);
  return challengeOf(answer) ?? withoutChallenge(answer);
}

/** Pulls as a node does with a secret, as far as to the first byte of a layer. @throws {NetworkFault} */
export function replay(http: HttpClient, wanted: ImageName, credential: Credential): Promise<Pulled> {
  return pull(http, wanted, (to) => askForToken(http, to, wanted.repository, credential));
}

/** As {@link replay}, by whatever gives a token. */
export async function pull(
  http: HttpClient,
  wanted: ImageName,
  ask: (to: Challenge) => Promise<TokenAnswer>,
): Promise<Pulled> {
  const { host, repository, reference } = wanted;
  const to = await challenge(http, host);
  if ("cause" in to) return { ok: false, ...to };
  const answer = await ask(to);
  if (!answer.ok) return answer;
  if (mayPull(answer.token, repository) === false) {
    return { ok: false, cause: "role-missing", reason: `the registry's token may not pull from ${repository}` };
  }
  const remote = new RemoteRepository(http, { host, repository, token: answer.token });
  const { status, headers } = await remote.head(reference);
  const name = formatImage(wanted);
  if (status !== 200) {
    const said = status === 404 ? "" : await remote.refusal(reference);
    const told = causeOf(said);
    const reason = `${name}: ${status}${retryAfter(headers)}`;
    return told !== undefined && OF_MANIFESTS.has(told)
      ? { ok: false, cause: told, reason: `${reason}, ${reasonIn(said)}` }
      : { ok: false, cause: causeOfManifest(status), reason };
  }
  try {
    const image = await remote.image(reference);
    if (!image) return { ok: false, cause: "image-missing", reason: `${name}: its manifest cannot be read` };
    const layer = image.blob === undefined ? undefined : await firstByte(http, remote, image.blob);
    return layer ? { ok: false, ...layer } : { ok: true, image };
  } catch (error) {
    // The registry has answered: what does not is where its blobs lie.
    if (error instanceof NetworkFault) return { ok: false, cause: "layers-unreachable", reason: error.message };
    throw error;
  }
}

/** What a status does not tell, and the words with it do. */
const OF_MANIFESTS: ReadonlySet<CauseId> = new Set<CauseId>([
  "image-quarantined",
  "source-throttles",
  "source-login-refused",
  "source-unreachable",
]);

function causeOfManifest(status: number): CauseId {
  if (status === 404) return "image-missing";
  if (status === 405) return "image-locked";
  return status === 401 ? "role-missing" : causeOfRefusal(status, "");
}

/** @returns What is wrong with where the layers lie, another host as a rule; undefined where they can be read. */
async function firstByte(
  http: HttpClient,
  remote: RemoteRepository,
  digest: string,
): Promise<{ cause: CauseId; reason: string } | undefined> {
  const answer = await remote.blob(digest);
  const { location } = answer.headers;
  if (!isRedirect(answer) || location === undefined) {
    return answer.status < 300
      ? undefined
      : { cause: causeOfRefusal(answer.status, answer.body), reason: `blob ${digest}: ${answer.status}` };
  }
  const { host } = new URL(location);
  const { status, body } = await http.request(location, { headers: { range: "bytes=0-0" } });
  if (status < 300) return undefined;
  return { cause: "layers-unreachable", reason: `${host} answers ${status} ${causeOf(body) ?? ""}`.trimEnd() };
}
