import { setTimeout } from "node:timers/promises";
import { CloudError, type Afterwards, type Operation } from "./plugin";

/** What an operation can run into before it takes effect. `cut` loses the connection to the provider, `kill` the Terraform process. */
export const FAULT_KINDS = ["429", "500", "timeout", "cut", "kill"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultRequest {
  /**
   * Of a `lost` one the answer alone gets lost, after it has taken effect. `away` strikes no operation: once all is deployed, the
   * registry is stopped for a while.
   */
  readonly kind: FaultKind | "lost" | "away";
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

const TEXTS: Readonly<Record<"429" | "500" | "timeout" | "lost", string>> = {
  "429": "unexpected status 429 (429 Too Many Requests) with error: TooManyRequests: The request is being throttled.",
  "500":
    "unexpected status 500 (500 Internal Server Error) with error: InternalServerError: Encountered internal server error.",
  timeout: "context deadline exceeded",
  lost: "the answer to the request got lost: read: connection reset by peer",
};

/**
 * Time in which Terraform hears of the operations beside the one that is struck, and writes them down. An object whose
 * answer is lost is in no state: no second run finds it, whoever wrote the stack.
 */
const SETTLING_MS = 400;

/** Fails chosen operations: before they take effect, or `lost` ones after it. */
export class Faults {
  /** Every operation that came by, in order. */
  readonly seen: Operation[] = [];
  /** Those that a fault struck. */
  readonly struck: Operation[] = [];

  private readonly pending: { request: FaultRequest; skip: number; times: number; strikes: number }[] = [];

  constructor(requests: readonly FaultRequest[]) {
    for (const request of requests) if (request.kind !== "away") this.add(request);
  }

  add(request: FaultRequest): void {
    this.pending.push({ request, skip: request.skip ?? 0, times: request.times ?? 1, strikes: 0 });
  }

  /** Those of the requests that have struck nothing so far. */
  get idle(): FaultRequest[] {
    return this.pending.filter(({ strikes }) => strikes === 0).map(({ request }) => request);
  }

  /** @returns What fails the operation when it has had its effect. @throws CloudError where a fault strikes before that. */
  async strike(operation: Operation, target: Target): Promise<Afterwards | undefined> {
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
      fault.strikes++;
      this.struck.push(operation);
      if (fault.request.kind === "lost") {
        return () => {
          throw new CloudError(TEXTS.lost);
        };
      }
      await inflict(fault.request.kind as FaultKind, target);
    }
    return undefined;
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

/** As `parseFault` reads it. */
export function describeFault({ kind, type, operation, times }: FaultRequest): string {
  return [kind, type, operation, times].filter((part) => part !== undefined).join(":");
}

const OPERATIONS = ["create", "read", "update", "delete", "read-data", "open"] as const satisfies Operation["kind"][];
const KINDS = [...FAULT_KINDS, "lost"].join("|");
const FORM = `<${KINDS}>[:<resource type>[:<${OPERATIONS.join("|")}>[:<times>]]] or away`;
const FAULT = new RegExp(`^(${KINDS})(?::(\\w+)(?::(${OPERATIONS.join("|")})(?::(\\d+))?)?)?$`);

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
    kind: kind as FaultKind | "lost",
    ...(type !== undefined && { type }),
    ...(operation !== undefined && { operation: operation as Operation["kind"] }),
    ...(times !== undefined && { times: Number(times) }),
  };
}
