import { Construct } from "constructs";
import type { RegistryAttachments } from "../config";
import { LOG_CATEGORIES } from "../config/schema/registry-operations";
import type { TextMap } from "../config/text";
import { CacheCredential } from "../constructs/cache-credential";
import { CacheRule } from "../constructs/cache-rule";
import type { RegistryReference } from "../constructs/container-registry";
import { RegistryDiagnostics } from "../constructs/registry-diagnostics";
import { RegistryEndpoint } from "../constructs/registry-endpoint";
import { RegistryLock } from "../constructs/registry-lock";
import { RegistryRole } from "../constructs/registry-role";
import { RegistryWebhook } from "../constructs/registry-webhook";

export interface AttachmentsProps extends RegistryAttachments {
  readonly registry: RegistryReference;
  /** Azure location of the registry. */
  readonly location: string;
  /** The only repositories that roles are for. @default - all */
  readonly repositories?: readonly string[] | undefined;
  readonly tags: TextMap;
}

/** Adds to a stack what is put on its registry, whoever made that. */
export function addAttachments(scope: Construct, props: AttachmentsProps): void {
  const { id: registryId, name: registryName, resourceGroupName } = props.registry;
  const { location, tags, repositories } = props;
  const locked: Construct[] = [];
  const each = <Entry>(
    id: string,
    entries: Readonly<Record<string, Entry>> | undefined,
    add: (scope: Construct, key: string, entry: Entry) => void,
  ) => {
    if (!entries) return;
    const group = new Construct(scope, id);
    locked.push(group);
    for (const [key, entry] of Object.entries(entries)) add(group, key, entry);
  };

  each("private-endpoints", props.privateEndpoints, (group, key, { resourceGroup, ...endpoint }) => {
    new RegistryEndpoint(group, key, {
      ...endpoint,
      ...{ registryId, tags, resourceGroupName: resourceGroup ?? resourceGroupName },
      location: endpoint.location ?? location,
    });
  });
  if (props.diagnostics) {
    const { events, ...destinations } = props.diagnostics;
    const categories = events.map((event) => LOG_CATEGORIES[event]);
    locked.push(new RegistryDiagnostics(scope, "diagnostics", { ...destinations, registryId, categories }));
  }
  each("webhooks", props.webhooks, (group, key, webhook) => {
    new RegistryWebhook(group, key, { ...webhook, registryName, resourceGroupName, location, tags });
  });
  const sets = new Map<string, CacheCredential>();
  each("credential-sets", props.credentialSets, (group, key, set) => {
    sets.set(key, new CacheCredential(group, key, { ...set, registryId }));
  });
  each("cache-rules", props.cacheRules, (group, key, { credentialSet, ...rule }) => {
    const credentialSetId = credentialSet === undefined ? undefined : sets.get(credentialSet)?.id;
    new CacheRule(group, key, { ...rule, registryId, credentialSetId });
  });
  for (const access of ["push", "pull"] as const) {
    const ids = props.roles?.[access] ?? [];
    each(
      `${access}-roles`,
      ids.length > 0 ? Object.fromEntries(ids.map((id) => [id, id])) : undefined,
      (group, key) => {
        new RegistryRole(group, key, {
          ...{ registryId, principalId: key, repositories },
          ...{ push: access === "push", isApplication: false },
        });
      },
    );
  }
  // It comes after what it locks, and so goes before it.
  if (props.lock) new RegistryLock(scope, "lock", { registryId, after: locked });
}
