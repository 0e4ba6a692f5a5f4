import { CloudError, UNKNOWN, type Attributes, type Operation, type ResourceModel } from "./model";
import { overlay, planBlock } from "./plan";
import { replacedPaths, type Step } from "./replace";
import type { BlockSchema } from "../../bindings";
import { settle, type IdSource } from "./settle";

export interface ManagedResourceProps {
  readonly type: string;
  readonly schema: BlockSchema;
  /** @default - the generic life cycle: what was planned exists, and changes and goes without any effect */
  readonly model?: ResourceModel;
  readonly ids: IdSource;
  /** Called before each operation reaches the model; what it throws is what the operation fails with. */
  readonly enter: (kind: Operation["kind"]) => Promise<void>;
}

/** The life cycle of one managed resource type, in decoded values. Keeps no object: Terraform's state does. */
export class ManagedResource {
  constructor(private readonly props: ManagedResourceProps) {}

  /** @returns The plan, and the places whose change replaces the object. */
  plan(prior: Attributes | undefined, config: Attributes): { planned: Attributes; replaced: Step[][] } {
    const { schema, model } = this.props;
    const planned = planBlock(schema, config, prior, model?.defaults?.(config) ?? {});
    model?.checkPlan?.(planned, prior);
    return { planned, replaced: prior ? replacedPaths(schema, model?.replaces ?? [], prior, planned) : [] };
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
      await this.props.enter("delete");
      await this.props.model?.delete(prior ?? {});
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
    await enter("read");
    const now = model?.read ? await model.read(state) : state;
    return now && overlay(schema, state, now);
  }

  async import(id: string): Promise<Attributes> {
    const { type, schema, model } = this.props;
    if (!model?.importState) {
      throw new CloudError(`${type} cannot be imported here: no model knows the object "${id}"`);
    }
    return overlay(schema, {}, await model.importState(id));
  }

  private async create(planned: Attributes, config: Attributes): Promise<Attributes> {
    await this.props.enter("create");
    return (await this.props.model?.create(planned, config)) ?? {};
  }

  private async update(prior: Attributes, planned: Attributes, config: Attributes): Promise<Attributes> {
    const { type, model, enter } = this.props;
    await enter("update");
    if (model && !model.update) {
      throw new Error(`the model of ${type} has no update: its "replaces" must list every attribute that can change`);
    }
    return (await model?.update?.(prior, planned, config)) ?? {};
  }

  private settled(planned: Attributes, result: Attributes): Attributes {
    const { type, schema, ids } = this.props;
    const object = overlay(schema, planned, result);
    return settle(schema, object.id === UNKNOWN ? { ...object, id: ids.next(type, planned) } : object);
  }
}
