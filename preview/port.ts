import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { UserError } from "../config/user-error";

/**
 * A port of this machine that is free now.
 * @param wanted @default - any
 * @throws {UserError} Where the wanted one is not free.
 */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  server.listen(wanted, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    const { message } = error as Error;
    throw new UserError(`port ${wanted} cannot be used (${message}): name another, or none for one that is free`);
  }
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
