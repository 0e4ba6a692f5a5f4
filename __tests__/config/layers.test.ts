import fs from "node:fs";
import path from "node:path";
import { ConfigError } from "../../config";
import { clusterSlices } from "../../config/slices";
import { load, projectWith } from "../support/environment";
import { BASE, refusalOf } from "./base";

const DEV = `extends: base.yaml
registry: { name: devregistry }
clusters: { blue: { pull: { servicePrincipal: { name: pull-dev } } } }
`;

/** Loads dev.yaml, which extends base.yaml, and what is beside them. */
const files = (dev: string, base = BASE, others: Readonly<Record<string, string>> = {}) => ({
  "environments/base.yaml": base,
  "environments/dev.yaml": dev,
  ...others,
});
const loaded = (...given: Parameters<typeof files>) => load(projectWith(files(...given))).environments;
const refused = (...given: Parameters<typeof files>) => refusalOf(files(...given));

describe("a file that extends another", () => {
  const [dev] = loaded(DEV);

  test("has what that says, and its own over it", () => {
    expect(dev?.registry).toMatchObject({ name: "devregistry", location: "centralus" });
    expect(dev?.clusters.blue?.pull).toMatchObject({ name: { text: "pull-dev" } });
    expect(dev?.clusters.blue?.connection).toMatchObject({ context: { text: "blue" } });
    expect(Object.keys(dev?.workloads ?? {})).toEqual(["web", "api"]);
  });

  test("is the environment, and what it extends is none", () => {
    expect(loaded(DEV).map(({ name }) => name)).toEqual(["dev"]);
  });

  test("replaces lists, and removes with null", () => {
    const clusters = "clusters: { green: { kubeconfig: {}, pull: { servicePrincipal: {} } } }";
    const [changed] = loaded(
      `extends: base.yaml\n${clusters}\nworkloads: { web: { clusters: [green] }, api: null }\nimages: { api: null }\n`,
    );
    expect(changed?.workloads.web?.clusters).toEqual(["green"]);
    expect(Object.keys(changed?.workloads ?? {})).toEqual(["web"]);
  });

  test("takes nothing from the alternatives that it does not name", () => {
    const digest = `sha256:${"1".repeat(64)}`;
    const [changed] = loaded(`extends: base.yaml\nimages: { web: { prebuilt: "${digest}" } }\n`);
    expect(changed?.images.web?.origin).toEqual({ kind: "prebuilt", tag: "v1", digest });
    const [moved] = loaded(
      "extends: base.yaml\nbackend: { local: {} }\n",
      `${BASE}backend: { gcs: { bucket: states } }\n`,
    );
    expect(moved?.backend).toEqual({ kind: "local" });
  });

  test("merges defaults with those of the other, under the entries of both", () => {
    const base = `${BASE}defaults: { workloads: { replicas: 2, env: { A: base, B: base } } }\n`;
    const [merged] = loaded(`${DEV}defaults: { workloads: { env: { B: dev } } }\n`, base);
    expect(merged?.workloads.web).toMatchObject({ replicas: 2, env: { A: { text: "base" }, B: { text: "dev" } } });
  });

  test("may extend one that extends another, in another folder", () => {
    const [dev] = loaded("extends: bases/eu.yaml\n", BASE, {
      "environments/bases/eu.yaml": "extends: ../base.yaml\nregistry: { location: westeurope }\n",
    });
    expect(dev?.registry).toMatchObject({ location: "westeurope", name: "acrdemo2ss" });
  });

  test("changes the input of its stacks when the other changes", () => {
    const inputs = (base: string) => JSON.stringify(loaded(DEV, base).flatMap(clusterSlices));
    expect(inputs(BASE.replace("port: 8080", "port: 8081"))).not.toBe(inputs(BASE));
    expect(inputs(`# a remark\n${BASE}`)).toBe(inputs(BASE));
  });

  test("shares it with others", () => {
    const prod = DEV.replace("devregistry", "prodregistry").replace(
      "{ pull: { servicePrincipal: { name: pull-dev } } }",
      "{ kubeconfig: { context: prod }, pull: { servicePrincipal: { name: pull-prod } } }",
    );
    expect(loaded(DEV, BASE, { "environments/prod.yaml": prod }).map(({ name }) => name)).toEqual(["dev", "prod"]);
  });
});

describe("an error names the file that it stands in:", () => {
  test.each<[title: string, dev: string, base: string, ...lines: string[]]>([
    [
      "what the other says",
      DEV,
      BASE.replace("sku: Basic", "sku: Base"),
      'base.yaml:5:8 registry.sku must be one of Basic, Standard, Premium, got: "Base"',
    ],
    [
      "what it says itself",
      `${DEV}workloads: { web: { port: 0 } }\n`,
      BASE,
      "dev.yaml:4:27 workloads.web.port must be a whole number from 1 to 65535, got: 0",
    ],
    [
      "an unknown key in an entry of both",
      `${DEV}workloads: { web: { prot: 1 } }\n`,
      BASE,
      'dev.yaml:4:21 workloads.web.prot is not a known key; did you mean "port"?',
    ],
    [
      "a rule that one breaks by what the other says",
      `${DEV}workloads: { web: { nodePort: 30080 } }\n`,
      BASE,
      "dev.yaml:4:31 workloads.web.nodePort needs expose: NodePort, got: 30080",
    ],
    [
      "a list that replaces another",
      `${DEV}workloads: { web: { clusters: [blue, gren] } }\n`,
      BASE.replace("clusters: [blue]", "clusters: [blue, blue, blue]"),
      'dev.yaml:4:38 workloads.web.clusters[1] must be a key of clusters, got: "gren"',
    ],
    [
      "what an item of a list lacks, which another list had",
      `${DEV}workloads: { web: { tolerations: [{ operator: Exists }] } }\n`,
      BASE.replace("port: 8080", "port: 8080\n    tolerations: [{ key: spot }]"),
      "dev.yaml:4:35 workloads.web.tolerations[0].key is required",
    ],
    [
      "a null where there is nothing to remove",
      `${DEV}workloads: { web: { health: null } }\n`,
      BASE,
      "dev.yaml:4:29 workloads.web.health must be a mapping, got: null",
    ],
    [
      "what neither says",
      "extends: base.yaml\n",
      BASE.replace("  name: acrdemo2ss\n", ""),
      "base.yaml:1:1 registry.name is required",
    ],
    [
      "what it takes away",
      "extends: base.yaml\nregistry: { name: null }\n",
      BASE,
      "dev.yaml:2:19 registry.name is required, got: null",
    ],
    [
      "what is not YAML in the other",
      DEV,
      BASE.replace("sku: Basic", "sku: [Basic"),
      "base.yaml:6:1 is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    [
      "defaults of the other",
      DEV,
      `${BASE}defaults: { workloads: { replicas: many } }\n`,
      'base.yaml:27:36 defaults.workloads.replicas must be a number or auto, got: "many"',
    ],
  ])("%s", (_title, dev, base, ...lines) => {
    expect(refused(dev, base)).toEqual(lines.map((line) => `environments/${line}`));
  });

  test("what two files extend is wrong once", () => {
    const lines = refused(DEV, BASE.replace("sku: Basic", "sku: Base"), { "environments/prod.yaml": DEV });
    expect(lines.filter((line) => line.includes("sku"))).toHaveLength(1);
  });
});

describe("what is extended must be a file of the project:", () => {
  test.each([
    ["one that is not there", "bse.yaml", 'must be a file, and there is no environments/bse.yaml, got: "bse.yaml"'],
    ["a folder", "bases.yaml/", 'must be a file whose name ends in .yaml, got: "bases.yaml/"'],
    ["no YAML", "base.json", 'must be a file whose name ends in .yaml, got: "base.json"'],
    ["one outside", "../../base.yaml", 'must be a file below the folder of cdktf.json, got: "../../base.yaml"'],
    ["an absolute path", "/etc/base.yaml", 'must be relative to this file, got: "/etc/base.yaml"'],
    ["nothing", '""', 'must be the path of a file, relative to this one, got: ""'],
    ["a list", "[base.yaml]", "must be the path of a file, relative to this one, got: a list"],
    [
      "itself",
      "dev.yaml",
      'must not lead back to environments/dev.yaml: environments/dev.yaml extends environments/dev.yaml, got: "dev.yaml"',
    ],
  ])("%s", (_title, name, rule) => {
    expect(refused(`extends: ${name}\n`)).toContain(`environments/dev.yaml:1:10 extends ${rule}`);
  });

  test("a link that leads out", () => {
    const project = projectWith(files("extends: link.yaml\n"));
    const outside = path.join(projectWith({}), "base.yaml");
    fs.writeFileSync(outside, BASE);
    fs.symlinkSync(outside, path.join(project, "environments/link.yaml"));
    expect(() => load(project)).toThrow(
      'environments/dev.yaml:1:10 extends must be a file below the folder of cdktf.json, got: "link.yaml"',
    );
  });

  test("files that extend each other", () => {
    expect(
      refusalOf({ "environments/a.yaml": "extends: b.yaml\n", "environments/b.yaml": "extends: a.yaml\n" }),
    ).toEqual([
      'environments/b.yaml:1:10 extends must not lead back to environments/a.yaml: environments/a.yaml extends environments/b.yaml extends environments/a.yaml, got: "a.yaml"',
      'environments/a.yaml:1:10 extends must not lead back to environments/b.yaml: environments/b.yaml extends environments/a.yaml extends environments/b.yaml, got: "b.yaml"',
    ]);
  });

  test("and is none of those that can be chosen", () => {
    const project = projectWith(files(DEV));
    expect(() => load(project, ["base"])).toThrow(
      new ConfigError([
        "ENVIRONMENTS must name environments (dev) or paths of .yaml files, and environments/base.yaml is none, since environments/dev.yaml extends it",
      ]),
    );
    expect(load(project, ["dev"]).environments).toHaveLength(1);
  });
});
