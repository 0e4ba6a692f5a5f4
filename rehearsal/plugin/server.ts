import * as grpc from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";
import { parse } from "protobufjs";
import type { Interceptor, OnFailure, ProviderModel } from "../sdk/model";
import { PROTOCOL } from "./protocol";
import type { ProviderSchema } from "../../bindings";
import { providerCalls } from "./service";
import { IdSource } from "../sdk/ids";
import { diagnostic, type Request } from "./wire";

export interface ProviderOptions {
  /** Full provider address: `registry.terraform.io/hashicorp/azurerm`. */
  readonly address: string;
  readonly schema: ProviderSchema;
  /** Makes what acts. Called for each connection, where Terraform otherwise starts a process: one for each provider block. */
  readonly model: () => ProviderModel;
  /** Called before each operation. @default - nothing is intercepted */
  readonly intercept?: Interceptor;
  /** Called with what an apply failed with. @default - nobody hears of it but Terraform */
  readonly onFailure?: OnFailure;
}

export interface ProviderServer {
  /** Its entry of TF_REATTACH_PROVIDERS, by the provider's address. */
  readonly reattach: Readonly<Record<string, object>>;
  /** Cuts what is still connected. */
  close(): void;
}

const { root } = parse(PROTOCOL, { keepCase: true });
const { "tfplugin6.Provider": definition } = fromJSON(root.toJSON(), { keepCase: true, defaults: true });

/**
 * Serves one provider to Terraform on a free loopback port, in this process: run Terraform asynchronously.
 * @throws Error where no port can be bound.
 */
export async function startProvider({
  address,
  schema,
  model,
  intercept,
  onFailure,
}: ProviderOptions): Promise<ProviderServer> {
  const ids = new IdSource();
  const callsOf = () => providerCalls(schema, model(), ids, intercept, onFailure);
  const connections = new Map<string, ReturnType<typeof callsOf>>();
  const handler = (name: string) =>
    unary((request, peer) => {
      const calls = connections.get(peer) ?? callsOf();
      connections.set(peer, calls);
      return calls[name]?.(request) ?? {};
    }, `${schema.name} ${name}`);
  const server = new grpc.Server();
  server.addService(
    definition as grpc.ServiceDefinition,
    Object.fromEntries(Object.keys(callsOf()).map((name) => [name, handler(name)])),
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) {
        reject(error);
      } else {
        resolve(bound);
      }
    });
  });
  // "Test" makes Terraform leave the server running when it ends.
  const Addr = { Network: "tcp", String: `127.0.0.1:${port}` };
  return {
    reattach: { [address]: { Protocol: "grpc", ProtocolVersion: 6, Pid: process.pid, Test: true, Addr } },
    close: () => {
      server.forceShutdown();
    },
  };
}

/**
 * @param hosts Registry hosts to offer the providers under. @default - those of Terraform and OpenTofu
 * @returns The value of TF_REATTACH_PROVIDERS.
 */
export function reattachEnvironment(
  servers: readonly ProviderServer[],
  hosts: readonly string[] = ["registry.terraform.io", "registry.opentofu.org"],
): string {
  const entries = servers
    .flatMap(({ reattach }) => Object.entries(reattach))
    .flatMap(([address, entry]) => hosts.map((host) => [address.replace(/^[^/]+/, host), entry]));
  return JSON.stringify(Object.fromEntries(entries));
}

/** Answers a request of a connection, which `peer` stands for. */
type Answer = (request: Request, peer: string) => object | Promise<object>;

/** Whatever a call throws becomes a diagnostic, so that Terraform never waits for an answer. */
function unary(call: Answer, where: string): grpc.handleUnaryCall<Request, object> {
  const answer = async (request: Request, peer: string): Promise<object> => {
    try {
      return await call(request, peer);
    } catch (error) {
      return { diagnostics: [diagnostic(error, where)] };
    }
  };
  return (connection, respond) => {
    void answer(connection.request, connection.getPeer()).then((response) => {
      respond(null, response);
    });
  };
}
