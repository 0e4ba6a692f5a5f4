import { CloudError } from "../sdk/model";
import type { Deployment, Secret } from "./kubernetes-objects";
import { dockerConfigFault, PULL_SECRET_KEY, PULL_SECRET_TYPE } from "./pull-secrets";

/** What a Kubernetes API server refuses to store. */

/** @throws CloudError for a pull secret without its key, or with one that is not JSON. Never shows the content. */
export function assertPullSecret({ name, type, data }: Secret): void {
  if (type !== PULL_SECRET_TYPE) return;
  const text = data[PULL_SECRET_KEY];
  const path = `Secret "${name}" is invalid: data[${PULL_SECRET_KEY}]`;
  if (text === undefined) throw new CloudError(`${path}: Required value`);
  const fault = dockerConfigFault(text);
  if (fault !== undefined) throw new CloudError(`${path}: Invalid value: "<secret contents redacted>": ${fault}`);
}

/** @throws CloudError for other data in a secret that must not change. */
export function assertMutable(before: Secret | undefined, after: Secret): void {
  if (!before?.immutable || JSON.stringify(before.data) === JSON.stringify(after.data)) return;
  throw new CloudError(
    `Secret "${after.name}" is invalid: data: Forbidden: field is immutable when \`immutable\` is set`,
  );
}

/** @throws CloudError for a Deployment that would not find its own pods. */
export function assertSelector({ name, selector, template }: Deployment): void {
  const unmatched = Object.entries(selector).some(([key, value]) => template.labels[key] !== value);
  if (!unmatched) return;
  throw new CloudError(
    `Deployment.apps "${name}" is invalid: spec.template.metadata.labels: Invalid value: ${JSON.stringify(template.labels)}: \`selector\` does not match template \`labels\``,
  );
}
