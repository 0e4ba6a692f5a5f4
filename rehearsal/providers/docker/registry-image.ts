import type { DockerEngine } from "../../clouds/docker-engine";
import { parseImage } from "../../clouds/image-name";
import type { ContainerRegistries } from "../../clouds/registry";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { CloudError } from "../../sdk/model";
import { blocks, flag, text } from "../values";

/** A pushed image. */
export function registryImage(
  engine: DockerEngine,
  registries: ContainerRegistries,
  authenticated: ReadonlySet<string>,
): ResourceModel {
  const assertAuthenticated = (operation: "Create" | "Delete" | "Read", attributes: Attributes) => {
    const { host } = parseImage(text(attributes, "name"));
    if (authenticated.has(host) || blocks(attributes, "auth_config").length > 0) return;
    throw new CloudError(
      `resourceDockerRegistryImage${operation}: Unable to get authConfig for registry: no auth config found for registry ${host} in auth configs: ${[...authenticated].join(", ") || "none"}`,
    );
  };
  return {
    read: (state) => {
      assertAuthenticated("Read", state);
      const { host, repository, reference } = parseImage(text(state, "name"));
      const digest = registries.digestOf(host, repository, reference);
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
