import type { Environment, Pull, Registry, SoundEnvironment } from "./environment";
import { assertNever } from "./never";
import type { Path } from "./problem";

/** Something that was made by hand, and that the next apply imports. */
export interface Adoption {
  /** Of the key in the file that says so. */
  readonly path: Path;
  /** `registry acrdemo2ss`. */
  readonly what: string;
}

/** What the file says was made by hand (`adopt`), in the order of its parts. */
export function adoptionsOf(environment: SoundEnvironment): Adoption[] {
  const { registry, clusters, namespaces, workloads, manifests } = environment;
  return [
    ...(registry ? ofRegistry(registry) : []),
    ...Object.entries(clusters).flatMap(([key, { pull }]) => ofPull(pull, ["clusters", key, "pull"])),
    ...Object.entries(namespaces).flatMap(([name, { adopt, pullSecret }]) => [
      ...(adopt ? [{ path: ["namespaces", name, "adopt"], what: `namespace ${name}` }] : []),
      ...(pullSecret.adopt
        ? [{ path: ["namespaces", name, "pullSecret", "adopt"], what: `the pull secret in namespace ${name}` }]
        : []),
    ]),
    ...Object.entries(workloads).flatMap(([key, { handMade, port }]) => {
      if (!handMade?.adopt) return [];
      const service = port === undefined ? "" : ` and Service ${handMade.service}`;
      return [
        {
          path: ["workloads", key, "adopt"],
          what: `Deployment ${handMade.deployment}${service}, and a pull secret of our name that it names`,
        },
      ];
    }),
    ...Object.entries(manifests)
      .filter(([, { adopt }]) => adopt)
      .map(([key, { set }]) => ({ path: ["manifests", key, "adopt"], what: `${set.objects.length} objects` })),
  ];
}

/** The environment as its file is to be once everything has been imported: without `adopt`, and with `keep` for that of workloads. */
export function withoutAdoption(environment: Environment): Environment {
  const { registry, clusters, namespaces, workloads, manifests } = environment;
  return {
    ...environment,
    registry: { ...registry, ...(registry.kind === "created" && { adopt: undefined }) },
    clusters: mapped(clusters, ({ pull, ...cluster }) => ({
      ...cluster,
      pull: { ...pull, ...("adopt" in pull && { adopt: undefined }) },
    })),
    namespaces: mapped(namespaces, ({ pullSecret, ...namespace }) => ({
      ...namespace,
      adopt: undefined,
      pullSecret: { ...pullSecret, adopt: undefined },
    })),
    workloads: mapped(workloads, ({ handMade, ...workload }) => ({
      ...workload,
      ...(handMade && { handMade: { ...handMade, adopt: false } }),
    })),
    manifests: mapped(manifests, (entry) => ({ ...entry, adopt: false })),
  };
}

function ofRegistry(registry: Registry): Adoption[] {
  switch (registry.kind) {
    case "created": {
      const { adopt, name, resourceGroup } = registry;
      const group = resourceGroup.kind === "created" ? ` and resource group ${resourceGroup.name}` : "";
      return adopt ? [{ path: ["registry", "adopt"], what: `registry ${name}${group}` }] : [];
    }
    case "adopted":
      return [];
    default:
      return assertNever(registry);
  }
}

function ofPull(pull: Pull, path: Path): Adoption[] {
  switch (pull.kind) {
    case "servicePrincipal":
    case "federated":
      return pull.adopt
        ? [
            {
              path: [...path, pull.kind, "adopt"],
              what: `application ${pull.adopt.clientId}, to be called ${pull.name.text}, with its principal and its role on the registry`,
            },
          ]
        : [];
    case "managedIdentity":
      return pull.adopt
        ? [{ path: [...path, "managedIdentity", "adopt"], what: "the role of the nodes on the registry" }]
        : [];
    case "registryToken":
    case "existingSecret":
      return [];
    default:
      return assertNever(pull);
  }
}

function mapped<Entry, Result>(
  entries: Readonly<Record<string, Entry>>,
  change: (entry: Entry) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, change(entry)]));
}
