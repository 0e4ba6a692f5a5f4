import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { Service } from "./service";
import { ISSUER } from "./token-service";

export interface RegistryOptions {
  /** Folder for its configuration, content and log. */
  readonly folder: string;
  /** `127.0.0.1:<port>` to listen on, which is also the name of the service in challenges. */
  readonly loginServer: string;
  /** Where it sends those who come without a token. */
  readonly realm: string;
  /** Of the one whose tokens it takes. */
  readonly certificateFile: string;
}

/** Starts the CNCF's registry, which takes the token service's tokens and nothing else. */
export async function startRegistry(options: RegistryOptions): Promise<Service> {
  const { folder, loginServer, realm, certificateFile } = options;
  const file = path.join(folder, "registry.yml");
  const token = { realm, service: loginServer, issuer: ISSUER, rootcertbundle: certificateFile };
  const configuration = {
    version: 0.1,
    log: { accesslog: { disabled: false } },
    storage: { filesystem: { rootdirectory: path.join(folder, "registry") } },
    http: { addr: loginServer, secret: "one registry has no need to share it" },
    auth: { token },
  };
  fs.writeFileSync(file, stringify(configuration));
  return Service.start(["docker-registry", "serve", file], path.join(folder, "registry.log"), async () => {
    const answer = await fetch(`http://${loginServer}/v2/`).catch(() => undefined);
    return answer?.status === 401;
  });
}
