import { isDeepStrictEqual } from "node:util";
import { CloudError } from "../../sdk/model";
import type { Clock } from "../clock";
import type { Ids } from "../ids";
import type { Metadata, NewObject, Stored } from "./api-object";
import { qualified, type Kind } from "./kinds";
import { metadataFaults } from "./names";

/** What one kind adds to what the API server does with every object. */
export interface Rules<T extends NewObject> {
  /** What the client left out. */
  readonly defaults?: (object: T) => T;
  /** @returns What is wrong: `spec.replicas: Invalid value: …`. @param before The object that is to be changed. */
  readonly faults?: (object: T, before: T | undefined) => readonly string[];
  /** What may not be, though nothing is wrong with the object: a namespace that is not there, a quota. @throws CloudError */
  readonly admit?: (object: T, isNew: boolean) => void;
}

/** What all kinds of one API server share. */
export interface Server {
  readonly ids: Ids;
  readonly clock: Clock;
  /** Tells equal names in several clusters apart. */
  readonly context: string;
}

/** Objects of one kind: defaulted, validated, admitted, stored. */
export class Objects<T extends NewObject> {
  private readonly objects = new Map<string, Stored<T>>();
  private version = 0;

  constructor(
    readonly kind: Kind,
    private readonly server: Server,
    private readonly rules: Rules<T> = {},
  ) {}

  /** @throws CloudError in the API server's words. */
  create(sent: T): Stored<T> {
    const object = this.checked(sent, undefined);
    const { namespace, name } = object.metadata;
    this.rules.admit?.(object, true);
    const existing = this.get(namespace, name);
    if (existing?.metadata.deletionTimestamp !== undefined) {
      throw new CloudError(`object is being deleted: ${this.kind.plural} "${name}" already exists`);
    }
    if (existing) throw new CloudError(`${this.kind.plural} "${name}" already exists`);
    const { ids, clock, context } = this.server;
    const uid = ids.uuid(`${context}/${this.kind.plural}/${namespace ?? ""}/${name}`);
    const creationTimestamp = clock
      .now()
      .toISOString()
      .replace(/\.\d{3}Z$/, "Z");
    const generation = this.kind.hasGeneration ? { generation: 1 } : {};
    return this.store(object, { uid, resourceVersion: "", creationTimestamp, ...generation });
  }

  /** @throws CloudError in the API server's words. */
  replace(sent: T): Stored<T> {
    const before = this.require(sent.metadata.namespace, sent.metadata.name);
    const object = this.checked(sent, before);
    this.rules.admit?.(object, false);
    const { uid, resourceVersion, creationTimestamp, generation, deletionTimestamp } = before.metadata;
    const isChanged = !isDeepStrictEqual(specOf(before), specOf(object));
    return this.store(object, {
      ...{ uid, resourceVersion, creationTimestamp },
      ...(generation !== undefined && { generation: generation + Number(isChanged) }),
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    });
  }

  /** Writes what a controller found out, past all rules. */
  setStatus(namespace: string | undefined, name: string, status: object): void {
    const object = this.get(namespace, name);
    if (object) this.objects.set(this.key(namespace, name), { ...object, status });
  }

  /** From now on the object is being deleted, and stays until {@link delete}. */
  beginDeletion(namespace: string | undefined, name: string): void {
    const object = this.get(namespace, name);
    if (!object) return;
    const metadata = { ...object.metadata, deletionTimestamp: this.server.clock.now().toISOString() };
    this.objects.set(this.key(namespace, name), { ...object, metadata });
  }

  get(namespace: string | undefined, name: string): Stored<T> | undefined {
    return this.objects.get(this.key(namespace, name));
  }

  /** @throws CloudError where it is not there. */
  require(namespace: string | undefined, name: string): Stored<T> {
    const object = this.get(namespace, name);
    if (object) return object;
    throw new CloudError(`${this.kind.plural} "${name}" not found`);
  }

  delete(namespace: string | undefined, name: string): void {
    this.objects.delete(this.key(namespace, name));
  }

  deleteNamespace(namespace: string): void {
    for (const { metadata } of this.values()) {
      if (metadata.namespace === namespace) this.delete(namespace, metadata.name);
    }
  }

  values(): Stored<T>[] {
    return [...this.objects.values()];
  }

  private checked(sent: T, before: Stored<T> | undefined): T {
    const object = this.rules.defaults?.(sent) ?? sent;
    const faults = [...metadataFaults(this.kind, object.metadata), ...(this.rules.faults?.(object, before) ?? [])];
    if (faults.length === 0) return object;
    const list = faults.length === 1 ? (faults[0] ?? "") : `[${faults.join(", ")}]`;
    throw new CloudError(`${qualified(this.kind)} "${object.metadata.name}" is invalid: ${list}`);
  }

  private store(object: T, metadata: Omit<Metadata, "name">): Stored<T> {
    const { apiVersion, kind } = this.kind;
    const stored = {
      ...object,
      ...{ apiVersion, kind },
      metadata: { ...object.metadata, ...metadata, resourceVersion: String(++this.version) },
    };
    this.objects.set(this.key(object.metadata.namespace, object.metadata.name), stored);
    return stored;
  }

  private key(namespace: string | undefined, name: string): string {
    return this.kind.isNamespaced ? `${namespace ?? "default"}/${name}` : name;
  }
}

/** All but what is no wish of the client. */
function specOf(object: NewObject): object {
  return { ...object, metadata: undefined, status: undefined, apiVersion: undefined, kind: undefined };
}
