import { CloudError, type Attributes, type ResourceModel, type Value } from "../../../rehearsal/sdk/model";

export const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");

/** A cloud of one resource type, whose objects are known by their names. */
export class TestCloud implements ResourceModel {
  readonly objects = new Map<string, Attributes>();

  constructor(private readonly more: (planned: Attributes) => Attributes = () => ({})) {}

  create(planned: Attributes): Attributes {
    const object = { id: `/things/${text(planned.name)}`, ...this.more(planned) };
    this.objects.set(text(planned.name), { ...planned, ...object });
    return object;
  }

  read({ name }: Attributes): Attributes | undefined {
    return this.objects.get(text(name));
  }

  update(_: Attributes, planned: Attributes): Attributes {
    this.objects.set(text(planned.name), planned);
    return {};
  }

  delete({ name }: Attributes): void {
    this.objects.delete(text(name));
  }

  importState(id: string): Attributes {
    const object = [...this.objects.values()].find((candidate) => candidate.id === id);
    if (!object) {
      throw new CloudError(`there is no ${id}`);
    }
    return object;
  }
}
