import type { Attributes, Planned } from "./model";

/** What stands between Terraform and the model of one managed resource type, in decoded values. */
export interface LifeCycle {
  /** Whether Terraform forgives it what it forgives providers on SDK v2: values that were not planned. */
  readonly isForgiven: boolean;
  /** @throws CloudError for a configuration that is wrong whatever there is. */
  validate(config: Attributes): void;
  plan(prior: Attributes | undefined, config: Attributes): Planned;
  /**
   * Creates (no `prior`), deletes (no `planned`) or updates.
   * @returns The object as it is then, undefined after a delete.
   */
  apply(
    prior: Attributes | undefined,
    planned: Attributes | undefined,
    config: Attributes,
  ): Promise<Attributes | undefined>;
  /** @returns What exists after `apply` threw: the error's partial state, or what was there before. */
  remains(error: unknown, prior: Attributes | undefined, planned: Attributes | undefined): Attributes | undefined;
  /** @returns The object as it is now, undefined where it is gone. */
  read(state: Attributes): Promise<Attributes | undefined>;
  /** @returns The object with this import id, as far as the id leads: Terraform reads the rest. */
  import(id: string): Promise<Attributes>;
}
