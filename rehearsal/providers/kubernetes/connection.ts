import type { Clouds } from "../../clouds";
import type { Cluster } from "../../clouds/kubernetes/cluster";
import type { Attributes } from "../../sdk/model";
import { CloudError, UNKNOWN } from "../../sdk/model";
import { optionalText, texts } from "../values";
import type { IgnoredMetadata } from "./api-object";

/** The cluster that the provider was last configured for. */
export class Connection {
  /** Labels and annotations that the provider leaves alone where nobody configured them. */
  readonly ignored: IgnoredMetadata = { annotations: [], labels: [] };
  private target: Cluster | undefined;

  constructor(readonly clouds: Clouds) {}

  /** @throws CloudError for a context that is in no kubeconfig, or a host that does not exist. */
  configure(config: Attributes): void {
    this.target = undefined;
    this.ignored.annotations = texts(config, "ignore_annotations").map((text) => new RegExp(text));
    this.ignored.labels = texts(config, "ignore_labels").map((text) => new RegExp(text));
    if (config.config_context === UNKNOWN || config.host === UNKNOWN) return;
    const context = optionalText(config, "config_context");
    const path = optionalText(config, "config_path");
    const host = optionalText(config, "host");
    if (context !== undefined) {
      this.target = this.clouds.clusters.find(({ kubeconfigs }) =>
        kubeconfigs.some((known) => known.context === context && (known.path ?? path) === path),
      );
      if (!this.target) {
        throw new CloudError(
          `Provider configuration: cannot load Kubernetes client config: context "${context}" does not exist`,
        );
      }
    } else if (host !== undefined) {
      this.target = this.clouds.clusters.find((cluster) => cluster.host === host);
      if (!this.target) throw new CloudError(`Get "${host}/api": dial tcp: lookup ${host}: no such host`);
    }
  }

  /** @throws CloudError where nothing known was configured: the real provider then talks to localhost. */
  get cluster(): Cluster {
    if (this.target) return this.target;
    throw new CloudError(
      'Get "http://localhost/api": dial tcp [::1]:80: connect: connection refused (the provider has no known config_context or host)',
    );
  }
}
