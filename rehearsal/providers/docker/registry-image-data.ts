import { parseImage } from "../../../diagnosis/image-name";
import type { ContainerRegistries } from "../../clouds/registry";
import { CloudError, type ReadModel } from "../../sdk/model";
import { text } from "../values";
import type { Logins } from "./registry-image";

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
      const digest = registries.digestOf(host, repository, reference);
      if (digest === undefined) return fail("Got bad response from registry: 404 Not Found");
      return { id: digest, sha256_digest: digest };
    },
  };
}
