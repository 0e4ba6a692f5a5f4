import type { DockerEngine } from "../../clouds/docker-engine";
import { parseImage } from "../../../diagnosis/image-name";
import type { ContainerRegistries } from "../../clouds/registry";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { CloudError } from "../../sdk/model";
import { blocks, flag, text } from "../values";

/** Hosts that the provider knows, each with whether it has credentials for it. */
export type Logins = Map<string, boolean>;

/** A pushed image. */
export function registryImage(
  engine: DockerEngine,
  registries: ContainerRegistries,
  logins: Readonly<Logins>,
): ResourceModel {
  const assertAuthenticated = (operation: "Create" | "Delete" | "Read", attributes: Attributes) => {
    const { host } = parseImage(text(attributes, "name"));
    if (logins.has(host) || blocks(attributes, "auth_config").length > 0) return;
    throw new CloudError(
      `resourceDockerRegistryImage${operation}: Unable to get authConfig for registry: no auth config found for registry ${host} in auth configs: ${[...logins.keys()].join(", ") || "none"}`,
    );
  };
  return {
    read: (state) => {
      assertAuthenticated("Read", state);
      const { host, repository, reference } = parseImage(text(state, "name"));
      // Whatever keeps it from reading, the provider takes the image for gone.
      const digest = logins.get(host) === false ? undefined : registries.digestOf(host, repository, reference);
      return digest === undefined ? undefined : { sha256_digest: digest };
    },
    create: async (planned) => {
      assertAuthenticated("Create", planned);
      const digest = await engine.pushImage(text(planned, "name"));
      return { id: digest, sha256_digest: digest };
    },
    update: () => ({}),
    delete: (state) => {
      if (flag(state, "keep_remotely")) return;
      assertAuthenticated("Delete", state);
      const { host, repository } = parseImage(text(state, "name"));
      registries.deleteManifest(host, repository, text(state, "sha256_digest"));
    },
  };
}
