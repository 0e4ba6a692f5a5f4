import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { ClusterConfig, Environment, NamespaceConfig, WorkloadConfig } from "../config";
import { pullSecretName } from "../config/names";
import { isBuiltInNamespace, isInOtherTenant } from "../config/rules";
import type { RegistryReference } from "../constructs/container-registry";
import { ExpiryCheck } from "../constructs/expiry-check";
import type { PullCredential } from "../constructs/pull-credential";
import { PullNamespace } from "../constructs/pull-namespace";
import { WebWorkload } from "../constructs/web-workload";
import { addBackend } from "./backend";
import { connectToCluster } from "./cluster-connection";
import { addAzurermProvider } from "./providers";

export interface WorkloadStackProps {
  readonly environment: Environment;
  readonly cluster: ClusterConfig;
  /** What runs on the cluster, by key. */
  readonly workloads: Readonly<Record<string, WorkloadConfig>>;
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
    // Elsewhere the provider that finds the AKS cluster reads the key vault too.
    if (cluster.pull.keyVault && (!cluster.aks || isInOtherTenant(cluster, environment.azure))) {
      addAzurermProvider(this, environment);
    }
    const { deadline } = credential;
    if (deadline) new ExpiryCheck(this, "expiry-check", { deadline });

    const namespaces = new Construct(this, "namespaces");
    const workloads = new Construct(this, "workloads");
    for (const [key, workload] of Object.entries(props.workloads)) {
      const name = workload.namespace;
      const place =
        (namespaces.node.tryFindChild(name) as PullNamespace | undefined) ??
        new PullNamespace(namespaces, name, {
          name,
          settings: namespaceSettings(environment, name),
          pullSecret: pullSecretName(environment.registry, cluster),
          loginServer: registry.loginServer,
          credential,
        });
      const { address } = new WebWorkload(workloads, key, {
        name: key,
        instance: environment.name,
        namespace: place.namespace,
        image: `${registry.loginServer}/${imageReference(workload.image, props)}`,
        version: environment.images[workload.image]?.tag,
        pullSecretName: place.pullSecretName,
        workload,
      });
      new TerraformOutput(this, `address_${key}`, { value: address, description: `Where clients reach ${key}.` });
    }
  }
}

function namespaceSettings({ namespaces }: Environment, name: string): NamespaceConfig {
  return namespaces[name] ?? { existing: isBuiltInNamespace(name), podSecurity: "restricted" };
}

function imageReference(key: string, { environment, references }: WorkloadStackProps): string {
  const image = environment.images[key];
  const reference = image?.prebuilt === undefined ? references[key] : `@${image.prebuilt}`;
  if (!image || reference === undefined) throw new Error(`image ${key} has no reference`);
  return `${image.repository}${reference}`;
}
