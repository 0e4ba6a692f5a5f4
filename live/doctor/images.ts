import type { CauseId } from "../../diagnosis";
import type { ImageName } from "../../diagnosis/image-name";
import type { Environment } from "../../config";
import { isBuilt } from "../../config/built";
import { REGISTRY_AUDIENCE } from "../azure/clouds";
import { NoLogin, type Operator } from "../azure/operator";
import { failed, notChecked, ok, type Findings, type Outcome } from "../check";
import type { ExpectedCluster } from "../expected";
import { wanted } from "../expected";
import type { HttpClient } from "../http";
import { platformOutcome } from "../platforms";
import type { Challenge } from "../registry/challenge";
import { pull } from "../registry/replay";
import { askWithRefreshToken, exchange, type TokenAnswer } from "../registry/tokens";

interface Question {
  readonly http: HttpClient;
  readonly operator: Operator;
  readonly environment: Environment;
  readonly host: string;
  /** @default - the registry is not reached */
  readonly challenge: Challenge | undefined;
  readonly clusters: readonly ExpectedCluster[];
}

/** Whether each image is there, as far as to the first byte of a layer, for the nodes that run it: as the operator sees it. */
export async function checkImages(findings: Findings, question: Question): Promise<void> {
  const { environment, host, challenge } = question;
  const login = challenge && (await logIn(findings, challenge, question));
  await Promise.all(
    Object.entries(environment.images).map(async ([key, image]) => {
      const subject = `image ${key}`;
      const place = wanted(host, image);
      if (!challenge || !login) {
        findings.add(subject, "is there", notChecked("a login of the operator to the registry"));
        return;
      }
      await findings.check(subject, "is there", () =>
        look(place, isBuilt(image.origin), platformsOf(key, question), login, question.http),
      );
    }),
  );
}

async function logIn(
  findings: Findings,
  challenge: Challenge,
  { http, operator }: Question,
): Promise<string | undefined> {
  let login: string | undefined;
  await findings.check("registry", "lets the operator in", async () => {
    let token: string;
    try {
      token = await operator.token(REGISTRY_AUDIENCE);
    } catch (error) {
      if (error instanceof NoLogin) return failed("operator-unknown", error.message);
      throw error;
    }
    const answer = await exchange(http, challenge, token);
    if (!answer.ok) return failed(isRefusal(answer.cause) ? "operator-role-missing" : answer.cause, answer.reason);
    login = answer.token;
    return ok("a token that is good for three hours");
  });
  return login;
}

function isRefusal(cause: CauseId): boolean {
  return cause === "credential-refused" || cause === "role-missing";
}

async function look(
  place: ImageName,
  isBuilt: boolean,
  platforms: readonly string[],
  login: string,
  http: HttpClient,
): Promise<Outcome> {
  const ask = (to: Challenge): Promise<TokenAnswer> => askWithRefreshToken(http, to, place.repository, login);
  const pulled = await pull(http, place, ask);
  if (pulled.ok) return platformOutcome(pulled.image, platforms);
  // What a stack of ours pushes need not be there before it has run.
  if (isBuilt && pulled.cause === "image-missing") return ok("not there yet: the images stack pushes it");
  return failed(pulled.cause, pulled.reason);
}

/** Platforms of the clusters that run an image. */
function platformsOf(key: string, { environment, clusters }: Question): string[] {
  const running = Object.values(environment.workloads).filter(({ image }) => image === key);
  const keys = new Set(running.flatMap((workload) => workload.clusters));
  return [...new Set(clusters.filter((cluster) => keys.has(cluster.key)).map(({ platform }) => platform))];
}
