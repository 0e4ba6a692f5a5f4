import { Construct } from "constructs";
import type { ManifestImage } from "../manifests/arguments";
import type { ManifestResource, ManifestSet } from "../manifests/manifest-set";
import { adoptObject } from "./adopted-object";
import { KubernetesObject } from "./kubernetes-object";
import { manifestArguments } from "./manifest-arguments";

/** A namespace, as those know it who lie in it. */
export interface ManifestPlace {
  /** Its name, a reference where it is made here. */
  readonly namespace: string;
  /** Name of the pull secret in it. @default - pods need none */
  readonly pullSecretName: string | undefined;
}

export interface ManifestObjectsProps {
  readonly set: ManifestSet;
  /** Whether the next apply imports the objects that are there. @default false */
  readonly adopt?: boolean;
  /** The reference to an image of the registry. */
  readonly imageReference: (image: ManifestImage) => string;
  /** A namespace by its name. */
  readonly place: (namespace: string) => ManifestPlace;
}

/** The objects of manifests, each one resource. */
export class ManifestObjects extends Construct {
  private readonly made = new Map<string, KubernetesObject>();

  /** Makes the namespaces alone: what lies in them is made by {@link addOthers}, when there are places for it. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ManifestObjectsProps,
  ) {
    super(scope, id);
    for (const object of props.set.objects) if (object.kind === "Namespace") this.add(object);
  }

  /** @returns The name of a namespace of the set as a reference, by the object's id. */
  namespaceBy(id: string): string | undefined {
    return this.made.get(id)?.objectName;
  }

  /** @returns The name of an object that the set makes, as a reference that makes users wait for it. */
  nameOf(kind: string, namespace: string, name: string): string | undefined {
    const found = this.props.set.objects.find((one) => {
      return one.kind === kind && one.namespace === namespace && one.name === name;
    });
    return found && this.made.get(found.id)?.objectName;
  }

  addOthers(): void {
    const byId = new Map(this.props.set.objects.map((object) => [object.id, object]));
    const addAfter = (object: ManifestResource): void => {
      if (this.made.has(object.id)) return;
      for (const id of object.after) {
        const other = byId.get(id);
        if (other) addAfter(other);
      }
      this.add(object);
    };
    for (const object of this.props.set.objects) addAfter(object);
  }

  private add(object: ManifestResource): void {
    const { id, type, namespace, arguments: given, after, ignored } = object;
    const { imageReference, place, adopt } = this.props;
    const values = manifestArguments(given, {
      imageReference,
      namespace: (name) => place(name).namespace,
      pullSecretName: namespace === undefined ? undefined : place(namespace).pullSecretName,
    });
    const before = after.flatMap((other) => this.made.get(other) ?? []);
    const resource = new KubernetesObject(this, id, { type, arguments: values, after: before, ignored });
    this.made.set(id, resource);
    if (adopt) adoptObject(this, `adopted-${id}`, resource, object);
  }
}
