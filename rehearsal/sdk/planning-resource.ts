import type { LifeCycle } from "./life-cycle";
import { CloudError, type Attributes, type Planned, type PlanningModel } from "./model";
import type { ManagedResourceProps } from "./resource";

export interface PlanningResourceProps extends Pick<ManagedResourceProps, "enter"> {
  readonly model: PlanningModel;
}

/** The life cycle of a resource type whose model plans for itself: nothing is added to what it says. */
export class PlanningResource implements LifeCycle {
  readonly isForgiven = false;

  constructor(private readonly props: PlanningResourceProps) {}

  validate(config: Attributes): void {
    this.props.model.validate(config);
  }

  plan(prior: Attributes | undefined, config: Attributes): Planned {
    return this.props.model.plan(config, prior);
  }

  async apply(prior: Attributes | undefined, planned: Attributes | undefined): Promise<Attributes | undefined> {
    const { model, enter } = this.props;
    const after = await enter(planned === undefined ? "delete" : prior ? "update" : "create");
    if (planned === undefined) {
      await model.delete(prior ?? {});
      after?.();
      return undefined;
    }
    const result = await (prior ? model.update(prior, planned) : model.create(planned));
    after?.();
    return result;
  }

  remains(error: unknown, prior: Attributes | undefined): Attributes | undefined {
    return (error instanceof CloudError ? error.partialState : undefined) ?? prior;
  }

  async read(state: Attributes): Promise<Attributes | undefined> {
    const { model, enter } = this.props;
    const after = await enter("read");
    const now = await model.read(state);
    after?.();
    return now;
  }

  async import(id: string): Promise<Attributes> {
    return this.props.model.importState(id);
  }
}
