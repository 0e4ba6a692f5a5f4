import { setTimeout } from "node:timers/promises";
import { CloudError, type Operation } from "./plugin";

/** What an operation can run into. `cut` loses the connection to the provider, `kill` the Terraform process. */
export const FAULT_KINDS = ["429", "500", "timeout", "cut", "kill"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultRequest {
  /** `away` strikes no operation: once all is deployed, the registry is stopped for a while. */
  readonly kind: FaultKind | "away";
  /** Full type name: `azurerm_container_registry`. @default - any */
  readonly type?: string;
  /** @default - any */
  readonly operation?: Operation["kind"];
  /** How many operations fail. @default 1 */
  readonly times?: number;
  /** How many matching operations pass first. @default 0 */
  readonly skip?: number;
}

/** What a fault can do to the stack that it strikes. */
interface Target {
  kill(): void;
  close(): void;
}

const TEXTS: Readonly<Record<"429" | "500" | "timeout", string>> = {
  "429": "unexpected status 429 (429 Too Many Requests) with error: TooManyRequests: The request is being throttled.",
  "500":
    "unexpected status 500 (500 Internal Server Error) with error: InternalServerError: Encountered internal server error.",
  timeout: "context deadline exceeded",
};

/**
 * Time in which Terraform hears of the operations beside the one that is struck, and writes them down. An object whose
 * answer is lost is in no state: no second run finds it, whoever wrote the stack.
 */
const SETTLING_MS = 400;

/** Fails chosen operations before they take effect. */
export class Faults {
  /** Every operation that came by, in order. */
  readonly seen: Operation[] = [];
  /** Those that a fault struck. */
  readonly struck: Operation[] = [];

  private readonly pending: { request: FaultRequest; skip: number; times: number }[] = [];

  constructor(requests: readonly FaultRequest[]) {
    for (const request of requests) if (request.kind !== "away") this.add(request);
  }

  add(request: FaultRequest): void {
    this.pending.push({ request, skip: request.skip ?? 0, times: request.times ?? 1 });
  }

  /** @throws CloudError where a fault strikes that has words. */
  async strike(operation: Operation, target: Target): Promise<void> {
    this.seen.push(operation);
    for (const fault of this.pending) {
      const { type, operation: kind } = fault.request;
      if (
        fault.times === 0 ||
        (type ?? operation.type) !== operation.type ||
        (kind ?? operation.kind) !== operation.kind
      )
        continue;
      if (fault.skip-- > 0) continue;
      fault.skip = 0;
      fault.times--;
      this.struck.push(operation);
      await inflict(fault.request.kind as FaultKind, target);
    }
  }
}

async function inflict(kind: FaultKind, target: Target): Promise<never> {
  if (kind !== "cut" && kind !== "kill") throw new CloudError(TEXTS[kind]);
  await setTimeout(SETTLING_MS);
  if (kind === "kill") target.kill();
  else target.close();
  // The call never answers: Terraform is gone, or has lost its provider.
  return new Promise<never>(() => undefined);
}

const OPERATIONS = ["create", "read", "update", "delete", "read-data", "open"] as const satisfies Operation["kind"][];
const FORM = `<${FAULT_KINDS.join("|")}>[:<resource type>[:<${OPERATIONS.join("|")}>[:<times>]]] or away`;
const FAULT = new RegExp(`^(${FAULT_KINDS.join("|")})(?::(\\w+)(?::(${OPERATIONS.join("|")})(?::(\\d+))?)?)?$`);

/**
 * Reads `kind[:type[:operation[:times]]]`, such as `429:azurerm_role_assignment:create:2`, or `away`.
 * @throws {Error} Where it is none.
 */
export function parseFault(text: string): FaultRequest {
  if (text === "away") return { kind: text };
  const match = FAULT.exec(text);
  if (!match) throw new Error(`--fault must be ${FORM}, got: "${text}"`);
  const [, kind, type, operation, times] = match;
  return {
    kind: kind as FaultKind,
    ...(type !== undefined && { type }),
    ...(operation !== undefined && { operation: operation as Operation["kind"] }),
    ...(times !== undefined && { times: Number(times) }),
  };
}
