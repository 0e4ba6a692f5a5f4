import fs from "node:fs";
import path from "node:path";
import { ConfigError, loadConfiguration, type Environment, type Settings } from "../../config";
import { temporaryFolder } from "./synthesized";

/** A place of free text: the path of the value, or with # at its end of a key, and what it has to begin with. */
export const FREE: Readonly<Record<string, string>> = {
  "tags.<key>": "",
  "tags.<key>#": "",
  "registry.tags.<key>": "",
  "registry.tags.<key>#": "",
  "images.<key>.build.docker.dockerfile": "",
  "images.<key>.build.docker.args.<key>": "",
  "images.<key>.build.docker.labels.<key>": "",
  "images.<key>.build.docker.labels.<key>#": "",
  "images.<key>.build.acrTask.dockerfile": "",
  "images.<key>.build.acrTask.args.<key>": "",
  "clusters.<key>.kubeconfig.context": "",
  "clusters.<key>.kubeconfig.path": "~/",
  "clusters.<key>.pull.servicePrincipal.name": "",
  "clusters.<key>.pull.servicePrincipal.role": "",
  "clusters.<key>.pull.federated.name": "",
  "clusters.<key>.pull.federated.role": "",
  "namespaces.<key>.annotations.<key>": "",
  "namespaces.<key>.pullSecret.annotations.<key>": "",
  "workloads.<key>.serviceAnnotations.<key>": "",
  "workloads.<key>.health.path": "/",
  "workloads.<key>.env.<key>": "",
  "workloads.<key>.writablePaths[]": "/",
  "workloads.<key>.command[]": "",
  "workloads.<key>.args[]": "",
  "workloads.<key>.podAnnotations.<key>": "",
  "workloads.<key>.runAsRoot": "",
};

/** The number of a place, which its values carry. */
export const markOf = (place: string) => `m${Object.keys(FREE).indexOf(place)}m`;

/** An environment file with a value at every place, in the entries or in their defaults. */
function fileWith(valueAt: (place: string) => string, inDefaults: boolean): string {
  const at = (place: string) => valueAt(place);
  const map = (place: string) => ({ [at(`${place}.<key>#`)]: at(`${place}.<key>`) });
  const docker = "images.<key>.build.docker";
  const task = "images.<key>.build.acrTask";
  const workload = "workloads.<key>";
  const shared = {
    clusters: {
      kubeconfig: { context: at("clusters.<key>.kubeconfig.context"), path: at("clusters.<key>.kubeconfig.path") },
      pull: {
        servicePrincipal: {
          name: at("clusters.<key>.pull.servicePrincipal.name"),
          role: at("clusters.<key>.pull.servicePrincipal.role"),
        },
      },
    },
    namespaces: {
      annotations: { "example.com/note": at("namespaces.<key>.annotations.<key>") },
      pullSecret: { annotations: { "example.com/note": at("namespaces.<key>.pullSecret.annotations.<key>") } },
    },
    workloads: {
      serviceAnnotations: { "example.com/note": at(`${workload}.serviceAnnotations.<key>`) },
      health: { path: at(`${workload}.health.path`) },
      env: { NOTE: at(`${workload}.env.<key>`) },
      writablePaths: [at(`${workload}.writablePaths[]`)],
      command: [at(`${workload}.command[]`)],
      args: [at(`${workload}.args[]`)],
      podAnnotations: { "example.com/note": at(`${workload}.podAnnotations.<key>`) },
      runAsRoot: at(`${workload}.runAsRoot`),
    },
  };
  const dockerBuild = {
    ...{ context: "context", dockerfile: at(`${docker}.dockerfile`) },
    ...{ args: { NOTE: at(`${docker}.args.<key>`) }, labels: map(`${docker}.labels`) },
  };
  const taskBuild = {
    ...{ source: "https://example.com/shop.git", commit: "0123456789abcdef0123456789abcdef01234567" },
    ...{ dockerfile: at(`${task}.dockerfile`), args: { NOTE: at(`${task}.args.<key>`) } },
  };
  const entry = (section: keyof typeof shared) => (inDefaults ? {} : shared[section]);
  return JSON.stringify({
    tags: map("tags"),
    registry: {
      ...{ name: "testregistry", resourceGroup: "rg", location: "westeurope", sku: "Premium" },
      tags: map("registry.tags"),
    },
    images: {
      web: { repository: "web", tag: "v1", ...(inDefaults ? {} : { build: { docker: dockerBuild } }) },
      task: { repository: "task", tag: "v1", build: { acrTask: taskBuild } },
    },
    clusters: {
      one: { pull: {}, ...entry("clusters") },
      // Of what the defaults say of other methods it takes nothing.
      two: {
        pull: {
          federated: {
            ...{ issuer: "https://issuer.example.com", controller: "externalSecrets" },
            name: at("clusters.<key>.pull.federated.name"),
            role: at("clusters.<key>.pull.federated.role"),
          },
        },
        ...(inDefaults ? { kubeconfig: { context: "two" } } : { kubeconfig: {} }),
      },
    },
    namespaces: { lax: { podSecurity: "baseline" }, shop: { clusters: ["one", "two"], ...entry("namespaces") } },
    workloads: { web: { image: "web", clusters: ["one"], port: 8080, namespace: "lax", ...entry("workloads") } },
    ...(inDefaults && { defaults: { ...shared, images: { build: { docker: dockerBuild } } } }),
  });
}

/** An environment with a text at every place that takes it. */
export interface FreeTexts {
  readonly environments: readonly Environment[];
  readonly settings: Settings;
  /** Places at which the value was refused. */
  readonly refused: ReadonlySet<string>;
}

/** Loads a file with the value everywhere. Where it is refused, its place gets a harmless one. */
export function loadWith(value: string, inDefaults: boolean): FreeTexts {
  const project = temporaryFolder();
  const refused = new Set<string>();
  const valueAt = (place: string) => `${FREE[place] ?? ""}${markOf(place)}${refused.has(place) ? "" : value}`;
  fs.mkdirSync(path.join(project, "environments"));
  const settings = { projectDirectory: project, outputDirectory: path.join(project, "cdktf.out"), tokenTraces: false };
  for (;;) {
    const dockerfile = path.join(project, "context", valueAt("images.<key>.build.docker.dockerfile"));
    fs.mkdirSync(path.dirname(dockerfile), { recursive: true });
    fs.writeFileSync(dockerfile, "FROM scratch\nUSER 101\n");
    fs.writeFileSync(path.join(project, "environments/test.yaml"), fileWith(valueAt, inDefaults));
    const before = refused.size;
    try {
      return { environments: loadConfiguration(settings).environments, settings, refused };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      // Messages show values, and keys as a part of their paths.
      for (const place of Object.keys(FREE)) if (error.message.includes(markOf(place))) refused.add(place);
      if (refused.size === before) throw error;
    }
  }
}
