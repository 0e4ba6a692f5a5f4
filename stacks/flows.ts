import { DefaultTokenResolver, StringConcat, TerraformStack, Token, Tokenization, ref } from "cdktf";
import type { Construct } from "constructs";
import type { Backend } from "../config";
import { addBackend } from "./backend";

/** What flows out of a stack, as data: who takes it needs the stack's name and backend, and not the stack. */
export interface Flows<Name extends string = string> {
  /** Name of the stack that it flows out of. */
  readonly stack: string;
  /** Of that stack. */
  readonly backend: Backend;
  /** Texts with references to that stack's elements, such as `@${docker_registry_image.web.id}`. */
  readonly values: Readonly<Record<Name, string>>;
}

const REFERENCE = /\$\{([^}]+)\}/g;

/**
 * Makes outputs of these values whether another stack reads them or not. cdktf makes an output when the first reader comes, so
 * that a new workload or another pull method of one cluster would change the stacks that all clusters share.
 */
export function flowsFrom<Name extends string>(
  stack: TerraformStack,
  backend: Backend,
  values: Readonly<Record<Name, string>>,
): Flows<Name> {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const texts = Object.entries<string>(values).map(([name, value]) => {
    const text = Tokenization.resolve(value, { scope: stack, preparing: false, resolver }) as string;
    for (const [, identifier = ""] of text.matchAll(REFERENCE)) stack.registerOutgoingCrossStackReference(identifier);
    return [name, text] as const;
  });
  return { stack: stack.node.id, backend, values: Object.fromEntries(texts) as Record<Name, string> };
}

/** Stands in an application for a stack that is built elsewhere, and is never written. */
class StandIn extends TerraformStack {
  private readonly references = new Map<string, string>();

  constructor(scope: Construct, id: string, backend: Backend) {
    super(scope, id);
    addBackend(this, backend);
    this.synthesizer = { synthesize: () => undefined };
  }

  /** The same token for the same identifier, however many take it. */
  reference(identifier: string): string {
    const known = this.references.get(identifier) ?? Token.asString(ref(identifier, this));
    this.references.set(identifier, known);
    return known;
  }
}

/** @returns What has flowed out of a stack, for use in the other stacks of an application that does not hold that stack. */
export function receive<Name extends string>(
  app: Construct,
  { stack, backend, values }: Flows<Name>,
): Readonly<Record<Name, string>> {
  const origin = (app.node.tryFindChild(stack) as StandIn | undefined) ?? new StandIn(app, stack, backend);
  const texts = Object.entries<string>(values).map(([name, text]) => [
    name,
    text.replace(REFERENCE, (_, identifier: string) => origin.reference(identifier)),
  ]);
  return Object.fromEntries(texts) as Record<Name, string>;
}
