import { parseImage } from "../../../diagnosis/image-name";
import type { ContainerRegistries, PullFault } from "../../clouds/registry";
import { CloudError, type ReadModel } from "../../sdk/model";
import { text } from "../values";
import type { Logins } from "./registry-image";

/** Status of what is no plain absence. */
const STATUS: Partial<Record<PullFault, string>> = {
  forbidden: "403 Forbidden",
  "no-route": "i/o timeout",
  "source-away": "502 Bad Gateway",
  "source-login": "401 Unauthorized",
  "source-throttles": "429 Too Many Requests",
};

/** What the registry says of a tag. Without credentials for its host the provider asks as nobody. */
export function registryImageData(registries: ContainerRegistries, logins: Readonly<Logins>): ReadModel {
  return {
    read: (config) => {
      const { host, repository, reference } = parseImage(text(config, "name"));
      const fail = (words: string): never => {
        throw new CloudError(
          `Got error when attempting to fetch image version ${repository}:${reference} from registry: ${words}`,
        );
      };
      if (registries.areAway)
        return fail(`Error during registry request: Head "https://${host}/v2/": connection refused`);
      if (!logins.get(host)) return fail("Got bad response from registry: 401 Unauthorized");
      const answer = registries.look(host, repository, reference);
      if (!answer.ok) {
        const status = STATUS[answer.fault];
        return fail(`Got bad response from registry: ${status ? `${status} (${answer.reason})` : "404 Not Found"}`);
      }
      return { id: answer.digest, sha256_digest: answer.digest };
    },
  };
}
