import type { BlockSchema, ResourceFacts } from "../../bindings";
import { checkCombinations } from "./combinations";
import { contradiction } from "./contradiction";
import type { IdSource } from "./ids";
import type { LifeCycle } from "./life-cycle";
import { CloudError, UNKNOWN, type Afterwards, type Attributes, type Operation, type ResourceModel } from "./model";
import { overlay } from "./overlay";
import { planObject } from "./plan";
import { replacedPaths, type Step } from "./replace";
import { withSent } from "./sent";
import { settle } from "./settle";
import { refuseComputed } from "./validate";

/** Arguments that no cloud knows: measured, in the plans of imports with the real providers. */
const OF_THE_PROVIDER = /^(wait_for_\w+|prevent_duplicate_names)$/;

export interface ManagedResourceProps {
  readonly type: string;
  readonly schema: BlockSchema;
  /** What the real provider makes of its arguments. @default - nothing is known of it */
  readonly facts?: ResourceFacts | undefined;
  /** @default - the generic life cycle: what was planned exists, and changes and goes without any effect */
  readonly model?: ResourceModel | undefined;
  readonly ids: IdSource;
  /** Called before each operation reaches the model; what it throws, or what it returns, is what the operation fails with. */
  readonly enter: (kind: Operation["kind"]) => Promise<Afterwards | undefined>;
}

/**
 * The life cycle of one managed resource type, in decoded values: what SDK v2 does with every resource, between Terraform and
 * the model. Keeps no object: Terraform's state does.
 */
export class ManagedResource implements LifeCycle {
  readonly isForgiven = true;
  private readonly facts: ResourceFacts;

  constructor(private readonly props: ManagedResourceProps) {
    this.facts = props.facts ?? {};
  }

  /** @throws CloudError for a configuration that sets what only the provider decides, or arguments that exclude each other. */
  validate(config: Attributes): void {
    refuseComputed(this.props.schema, config);
    checkCombinations(this.facts, config);
  }

  /** @returns The plan, and the places whose change replaces the object. */
  plan(prior: Attributes | undefined, config: Attributes): { planned: Attributes; replaced: Step[][] } {
    const { schema, model } = this.props;
    const planned = planObject(schema, this.facts, config, prior);
    model?.checkPlan?.(planned, prior);
    if (!prior) return { planned, replaced: [] };
    const replacing = [...(this.facts.replaces ?? []), ...(model?.alsoReplaces?.(planned, prior) ?? [])];
    return { planned, replaced: replacedPaths(schema, replacing, prior, planned) };
  }

  /**
   * Creates (no `prior`), deletes (no `planned`) or updates.
   * @returns The object as it is then, undefined after a delete.
   */
  async apply(
    prior: Attributes | undefined,
    planned: Attributes | undefined,
    config: Attributes,
  ): Promise<Attributes | undefined> {
    if (planned === undefined) {
      const after = await this.props.enter("delete");
      await this.props.model?.delete(prior ?? {});
      after?.();
      return undefined;
    }
    const result = prior ? await this.update(prior, planned, config) : await this.create(planned, config);
    return this.settled(planned, result);
  }

  /** @returns What exists after `apply` threw: the error's partial state, or what was there before. */
  remains(error: unknown, prior: Attributes | undefined, planned: Attributes | undefined): Attributes | undefined {
    const partial = error instanceof CloudError ? error.partialState : undefined;
    return planned && partial ? this.settled(planned, partial) : prior;
  }

  /** @returns The object as it is now, undefined where it is gone. */
  async read(state: Attributes): Promise<Attributes | undefined> {
    const { schema, model, enter } = this.props;
    const after = await enter("read");
    const now = model?.read ? await model.read(state) : state;
    after?.();
    return now && settle(schema, this.facts, "read", overlay(schema, state, now), state);
  }

  /** @returns The object with this import id, as far as the id leads: Terraform reads the rest. */
  async import(id: string): Promise<Attributes> {
    const { type, schema, model } = this.props;
    if (!model?.importState) {
      throw new CloudError(`${type} cannot be imported here: no model knows the object "${id}"`);
    }
    const imported = overlay(schema, {}, await model.importState(id));
    // Clouds have the defaults of providers. What only the provider knows is not read, and an update sets it.
    const defaults = Object.entries(this.facts.defaults ?? {}).filter(
      ([name]) => name in schema.attributes && !OF_THE_PROVIDER.test(name) && (imported[name] ?? null) === null,
    );
    return { ...imported, ...Object.fromEntries(defaults) };
  }

  private async create(planned: Attributes, config: Attributes): Promise<Attributes> {
    const { type, schema, model, enter } = this.props;
    const after = await enter("create");
    const created = (await model?.create(withSent(schema, this.facts, planned), config)) ?? {};
    after?.();
    const path = contradiction(schema, this.facts, planned, created);
    if (path === undefined) return created;
    throw new Error(`the model of ${type} contradicts the plan: ${path} is not what was planned`);
  }

  private async update(prior: Attributes, planned: Attributes, config: Attributes): Promise<Attributes> {
    const { type, schema, model, enter } = this.props;
    const after = await enter("update");
    if (model && !model.update) {
      throw new Error(`the model of ${type} has no update, and not every change replaces it`);
    }
    const updated = (await model?.update?.(prior, withSent(schema, this.facts, planned), config)) ?? {};
    after?.();
    return updated;
  }

  private settled(planned: Attributes, result: Attributes): Attributes {
    const { type, schema, ids } = this.props;
    const object = overlay(schema, planned, result);
    const named = object.id === UNKNOWN ? { ...object, id: ids.next(type, planned) } : object;
    return settle(schema, this.facts, "apply", named, planned);
  }
}
