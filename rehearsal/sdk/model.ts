/**
 * What a provider has to say about its resource types: what each does in its cloud. Schemas come from the bindings; defaults,
 * what replaces and what is left in state come from the facts. A type without a model gets a generic life cycle.
 */

/** A value that is not known until apply. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A decoded Terraform value: lists, sets and tuples are arrays, maps and objects are plain objects. */
export type Value =
  null | string | number | boolean | typeof UNKNOWN | readonly Value[] | { readonly [key: string]: Value };

/** The attributes and nested blocks of one resource, by their Terraform names. Repeated blocks are arrays of objects. */
export type Attributes = Readonly<Record<string, Value>>;

/** An error as the cloud would report it; it becomes a Terraform diagnostic. */
export class CloudError extends Error {
  /**
   * @param message What went wrong, in the words that a user of the real provider would recognise.
   * @param partialState The object that exists in spite of the failure, laid over the planned one; Terraform then
   * records it as tainted (on create) or keeps it (on update). @default - nothing was created, or nothing changed
   * @param causes What the cloud knows of why, and no provider tells Terraform: events, for one.
   */
  constructor(
    message: string,
    readonly partialState?: Attributes,
    readonly causes: readonly string[] = [],
  ) {
    super(message);
  }
}

/**
 * Behaviour of one managed resource type. Every method may throw {@link CloudError}. What a method returns is laid over
 * an object: attributes replace, nested blocks merge by position, and there are then as many as the method returned;
 * UNKNOWN changes nothing.
 */
export interface ResourceModel {
  /** Rules that the real provider checks at plan time. `planned` may hold UNKNOWN. */
  checkPlan?(planned: Attributes, prior: Attributes | undefined): void;
  /** @returns Attributes whose change replaces the object this time, beside those whose every change does. @default - none */
  alsoReplaces?(planned: Attributes, prior: Attributes): readonly string[];
  /**
   * @param planned All known values, as the provider sends them; computed attributes still to be decided are UNKNOWN.
   * @param config The configuration as written: the only place where write-only attributes have their values.
   * @returns Values of computed attributes, `id` among them, laid over `planned`.
   */
  create(planned: Attributes, config: Attributes): Attributes | Promise<Attributes>;
  /** @returns The object as it is now, laid over `state`, or undefined where it is gone. @default - the state as it is */
  read?(state: Attributes): Attributes | undefined | Promise<Attributes | undefined>;
  /** Like `create`, for a change in place. */
  update?(prior: Attributes, planned: Attributes, config: Attributes): Attributes | Promise<Attributes>;
  delete(state: Attributes): void | Promise<void>;
  /** @returns The attributes of the object with this import id. @default - import is refused */
  importState?(id: string): Attributes | Promise<Attributes>;
}

/** A plan of one object, and the places in it whose change replaces the object. */
export interface Planned {
  readonly planned: Attributes;
  readonly replaced: readonly (readonly (string | number)[])[];
}

/**
 * Behaviour of one managed resource type that is not written on SDK v2: it checks and plans for itself, and what its methods return
 * is the whole object. Every method may throw {@link CloudError}, with the whole object where there is one in spite of it.
 */
export interface PlanningModel {
  /** @param config May hold UNKNOWN. */
  validate(config: Attributes): void;
  /** @param prior The object as it is, undefined where it is to be created. */
  plan(config: Attributes, prior: Attributes | undefined): Planned;
  create(planned: Attributes): Attributes | Promise<Attributes>;
  /** @returns The object as it is now, undefined where it is gone. */
  read(state: Attributes): Attributes | undefined | Promise<Attributes | undefined>;
  update(prior: Attributes, planned: Attributes): Attributes | Promise<Attributes>;
  delete(state: Attributes): void | Promise<void>;
  importState(id: string): Attributes | Promise<Attributes>;
}

/** Behaviour of one data source, or of one ephemeral resource on open. */
export interface ReadModel {
  /** @returns Values of computed attributes, laid over `config`. */
  read(config: Attributes): Attributes | Promise<Attributes>;
}

/** One provider: `azurerm`, say, with the models of the types that have behaviour. */
export interface ProviderModel {
  /** Rules that the real provider checks when it is configured. `config` may hold UNKNOWN during plan. */
  configure?(config: Attributes): void;
  readonly resources?: Readonly<Record<string, ResourceModel>>;
  /** Types that are not written on SDK v2. */
  readonly planningResources?: Readonly<Record<string, PlanningModel>>;
  readonly dataSources?: Readonly<Record<string, ReadModel>>;
  readonly ephemeralResources?: Readonly<Record<string, ReadModel>>;
}

/** One call on its way to a model: what a fault can be aimed at. */
export interface Operation {
  /** Short provider name: `azurerm`. */
  readonly provider: string;
  /** Full type name: `azurerm_container_registry`. */
  readonly type: string;
  readonly kind: "create" | "read" | "update" | "delete" | "read-data" | "open";
}

/** Called with what an operation failed with, before Terraform hears of it. */
export type OnFailure = (error: unknown) => void;

/** Called when an operation has had its effect. What it throws is what the operation fails with all the same. */
export type Afterwards = () => void;

/** Called before each operation reaches its model. What it throws is what the operation fails with, without an effect. */
export type Interceptor = (operation: Operation) => Afterwards | undefined | Promise<Afterwards | undefined>;
