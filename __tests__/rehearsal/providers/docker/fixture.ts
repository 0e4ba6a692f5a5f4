import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { groupId } from "../../../../rehearsal/clouds/arm-ids";
import { temporaryFolder } from "../../../support/synthesized";
import { registryRequest } from "../../clouds/world";
import { resource, setUp, SUBSCRIPTION } from "../harness";

export const NAME = "acrdemo2ss.azurecr.io/app2/acr-app2:v1";

/** Clouds with a registry, and a folder to build an image from. */
export function withRegistry() {
  const world = setUp();
  world.clouds.arm.createGroup(SUBSCRIPTION, "acr-rg2", "centralus");
  world.clouds.arm.createRegistry(registryRequest());
  const folder = temporaryFolder();
  writeFileSync(join(folder, "Dockerfile"), "FROM nginx\n");
  return {
    ...world,
    folder,
    group: groupId(SUBSCRIPTION, "acr-rg2"),
    images: resource(world.providers.docker, "docker_image"),
    pushed: resource(world.providers.docker, "docker_registry_image"),
  };
}
