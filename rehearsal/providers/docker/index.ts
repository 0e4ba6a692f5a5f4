import type { Clouds } from "../../clouds";
import type { ProviderModel } from "../../sdk/model";
import { blocks, flag, optionalText } from "../values";
import { image } from "./image";
import { registryImageData } from "./registry-image-data";
import { registryImage, type Logins } from "./registry-image";

export function docker({ docker: engine, registries }: Clouds): ProviderModel {
  const logins: Logins = new Map();
  return {
    // Without a daemon nothing works, not even plan.
    configure: (config) => {
      if (!flag(config, "disable_docker_daemon_check")) engine.ping();
      logins.clear();
      for (const auth of blocks(config, "registry_auth")) {
        const address = optionalText(auth, "address");
        if (address !== undefined) logins.set(address.replace(/^https?:\/\//, ""), !flag(auth, "auth_disabled"));
      }
    },
    dataSources: { docker_registry_image: registryImageData(registries, logins) },
    resources: {
      docker_image: image(engine),
      docker_registry_image: registryImage(engine, registries, logins),
    },
  };
}
