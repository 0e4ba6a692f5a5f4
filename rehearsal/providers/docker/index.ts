import type { Clouds } from "../../clouds";
import type { ProviderModel } from "../../sdk/model";
import { blocks, optionalText } from "../values";
import { image } from "./image";
import { registryImage } from "./registry-image";

export function docker({ docker: engine, registries }: Clouds): ProviderModel {
  const authenticated = new Set<string>();
  return {
    // Without a daemon nothing works, not even plan.
    configure: (config) => {
      engine.ping();
      authenticated.clear();
      for (const auth of blocks(config, "registry_auth")) {
        const address = optionalText(auth, "address");
        if (address !== undefined) authenticated.add(address.replace(/^https?:\/\//, ""));
      }
    },
    resources: {
      docker_image: image(engine),
      docker_registry_image: registryImage(engine, registries, authenticated),
    },
  };
}
