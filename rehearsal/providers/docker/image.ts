import type { BuildRequest, DockerEngine } from "../../clouds/docker-engine";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { CloudError } from "../../sdk/model";
import { block, blocks, flag, optionalText, text, textMap } from "../values";

/** An image that is built here. Images that would have to be pulled are not rehearsed. */
export function image(engine: DockerEngine): ResourceModel {
  return {
    read: (state) => {
      const id = engine.images.get(text(state, "name"));
      return id === undefined ? undefined : identity(engine, id, text(state, "name"));
    },
    create: async (planned) => {
      const name = text(planned, "name");
      if (blocks(planned, "build").length > 0) await engine.buildImage(name, requestOf(block(planned, "build")));
      const id = engine.images.get(name);
      if (id !== undefined) return identity(engine, id, name);
      throw new CloudError(`Unable to read Docker image into resource: unable to find or pull image ${name}`);
    },
    update: () => ({}),
    delete: (state) => {
      if (!flag(state, "keep_locally")) engine.images.delete(text(state, "name"));
    },
  };
}

/** `repo_digest` is empty until the image is pushed: the engine learns it from a registry only. */
function identity(engine: DockerEngine, imageId: string, name: string): Attributes {
  return { id: `${imageId}${name}`, image_id: imageId, repo_digest: engine.repoDigest(name) ?? "" };
}

function requestOf(build: Attributes): BuildRequest {
  return {
    context: text(build, "context"),
    dockerfile: optionalText(build, "dockerfile"),
    buildArgs: textMap(build, "build_args"),
    platform: optionalText(build, "platform"),
    target: optionalText(build, "target"),
    labels: textMap(build, "labels"),
  };
}
