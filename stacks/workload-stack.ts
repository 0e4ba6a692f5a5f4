import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { entryAt } from "../config/entry-at";
import type { Referred } from "../config/made-by-manifests";
import { assertNever } from "../config/never";
import type { RunImage, WorkloadSlice } from "../config/slices";
import type { RegistryReference } from "../constructs/container-registry";
import { ManifestObjects } from "../constructs/manifest-objects";
import { ExpiryCheck } from "../constructs/expiry-check";
import type { ManifestImage } from "../manifests/arguments";
import type { PullCredential } from "../constructs/pull-credential";
import { PullNamespace } from "../constructs/pull-namespace";
import { variablesFrom } from "../constructs/variables-from";
import { WebWorkload } from "../constructs/web-workload";
import { addBackend } from "./backend";
import { connectToCluster } from "./cluster-connection";

export interface WorkloadStackProps extends WorkloadSlice {
  readonly registry: RegistryReference;
  /** What follows the repository in a reference to each image that is built here, by the image's key. */
  readonly references: Readonly<Record<string, string>>;
  readonly credential: PullCredential;
}

/** Everything in one cluster. Its state holds the password that the cluster pulls with, unless a key vault delivers it. */
export class WorkloadStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: WorkloadStackProps) {
    super(scope, id);
    const { environment, cluster, registry, credential } = props;
    addBackend(this, environment.backend);
    connectToCluster(this, cluster, environment);
    const { deadline } = credential;
    if (deadline) new ExpiryCheck(this, "expiry-check", { deadline });

    const namespaces = new Construct(this, "namespaces");
    const places: Record<string, PullNamespace> = {};
    const sets = this.addSets(props, places);
    for (const [name, { madeBy, ...settings }] of Object.entries(environment.namespaces)) {
      const { loginServer } = registry;
      const reference = madeBy && sets.get(madeBy.key)?.namespaceBy(madeBy.id);
      const handMade = Object.values(props.workloads).flatMap(({ namespace, handMade: names }) =>
        names?.adopt && namespace === name ? [names.deployment] : [],
      );
      const place = new PullNamespace(namespaces, name, {
        ...{ name, ...settings, reference, loginServer, credential, handMade },
      });
      if (settings.named) this.addSecretName(name, place);
      places[name] = place;
    }
    for (const set of sets.values()) set.addOthers();
    const nameOf = (kind: Referred["kind"], namespace: string, name: string) =>
      [...sets.values()].map((set) => set.nameOf(kind, namespace, name)).find((made) => made !== undefined);
    const workloads = new Construct(this, "workloads");
    for (const [key, workload] of Object.entries(props.workloads)) {
      const place = entryAt(places, workload.namespace);
      const image = entryAt(environment.images, workload.image);
      const { serviceAccount: account, handMade } = workload;
      const { address } = new WebWorkload(workloads, key, {
        ...workload,
        ...workload.resources,
        healthPath: workload.health?.path,
        name: key,
        instance: environment.name,
        namespace: place.namespace,
        handMade: handMade && { ...handMade, adoptIn: handMade.adopt ? workload.namespace : undefined },
        image: `${registry.loginServer}/${image.repository}${referenceTo(image, workload.image, props)}`,
        version: image.origin.tag,
        pullSecretName: place.pullSecretName,
        needs: place.resources,
        env: variablesFrom(workload.env, (kind, name) => nameOf(kind, workload.namespace, name)),
        serviceAccount:
          account === undefined
            ? undefined
            : (nameOf("ServiceAccount", workload.namespace, account) ?? place.account(account)),
      });
      if (address !== undefined)
        new TerraformOutput(this, `address_${key}`, { value: address, description: `Where clients reach ${key}.` });
    }
  }

  /** The manifests, as far as they make namespaces. @param places Of the objects that come later. */
  private addSets(
    props: WorkloadStackProps,
    places: Readonly<Record<string, PullNamespace>>,
  ): ReadonlyMap<string, ManifestObjects> {
    const entries = Object.entries(props.manifests);
    if (entries.length === 0) return new Map();
    const group = new Construct(this, "manifests");
    const imageReference = (image: ManifestImage) => referenceInManifest(image, props);
    const sets = new Map<string, ManifestObjects>();
    const makers = new Map(
      entries.flatMap(([key, { set }]) =>
        set.namespaces.flatMap(({ name, madeBy }) =>
          madeBy === undefined ? [] : [[name, { key, id: madeBy }] as const],
        ),
      ),
    );
    const place = (name: string) => {
      const maker = makers.get(name);
      const reference = maker && sets.get(maker.key)?.namespaceBy(maker.id);
      return places[name] ?? { namespace: reference ?? name, pullSecretName: undefined };
    };
    for (const [key, entry] of entries)
      sets.set(key, new ManifestObjects(group, key, { ...entry, imageReference, place }));
    return sets;
  }

  /** For what others deploy to the namespace: they have to name it. */
  private addSecretName(namespace: string, { pullSecretName }: PullNamespace): void {
    if (pullSecretName === undefined) return;
    new TerraformOutput(this, `pull_secret_${namespace}`, {
      value: pullSecretName,
      description: `Name of the pull secret in ${namespace}.`,
    });
  }
}

/** The reference to an image in a pod of manifests. */
function referenceInManifest(image: ManifestImage, props: WorkloadStackProps): string {
  const { loginServer } = props.registry;
  switch (image.kind) {
    case "known": {
      const known = entryAt(props.environment.images, image.key);
      return `${loginServer}/${known.repository}${referenceTo(known, image.key, props)}`;
    }
    case "other":
      // Nothing but what the name of an image may hold.
      return `${loginServer}/${image.repository}${image.rest}`;
    default:
      return assertNever(image);
  }
}

/** What follows the repository in a reference to an image. */
function referenceTo({ origin }: RunImage, key: string, { references }: WorkloadStackProps): string {
  switch (origin.kind) {
    case "docker":
    case "acrTask":
      return entryAt(references, key);
    case "tagged":
      return origin.pin ? entryAt(references, key) : `:${origin.tag}`;
    case "prebuilt":
      return `@${origin.digest}`;
    default:
      return assertNever(origin);
  }
}
