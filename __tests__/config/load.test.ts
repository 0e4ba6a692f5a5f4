import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { ConfigError } from "../../config";
import { KEY_RULE } from "../../config/schema/common";
import { environmentFrom, load, projectWith } from "../support/environment";
import { PROJECT, SHIPPED } from "../support/synthesized";
import { BASE, changed, refusal, refusalOf } from "./base";

/** The base with other names for all that must be unique. */
const OTHER = BASE.replaceAll("acrdemo2ss", "acrother")
  .replaceAll("pull-blue", "pull-other")
  .replaceAll("context: blue", "context: other");

const MISSING = ["registry", "clusters"].map((key) => `environments/demo.yaml:1:1 ${key} is required`);

describe("text that is not an environment", () => {
  test.each([
    ["an empty file", "", "environments/demo.yaml:1:1 must be a mapping, got: null"],
    ["nothing but a comment", "# later\n", "environments/demo.yaml:1:1 must be a mapping, got: null"],
    ["a list", "\n\n- registry\n", "environments/demo.yaml:3:1 must be a mapping, got: a list"],
    ["a string", "acrdemo2ss\n", 'environments/demo.yaml:1:1 must be a mapping, got: "acrdemo2ss"'],
    [
      "a tab",
      "registry:\n\tname: x\n",
      "environments/demo.yaml:2:1 is not valid YAML: Tabs are not allowed as indentation",
    ],
    [
      "an open bracket",
      "registry: { name: x\nimages: 1\n",
      "environments/demo.yaml:2:1 is not valid YAML: Flow map in block collection must be sufficiently indented and end with a }",
    ],
    [
      "a key that is there twice",
      changed("sku: Basic", "sku: Basic\n  sku: Premium"),
      "environments/demo.yaml:6:3 is not valid YAML: Map keys must be unique",
    ],
    [
      "two documents",
      `${BASE}---\n${BASE}`,
      "environments/demo.yaml:27:1 is not valid YAML: Source contains multiple documents; please use YAML.parseAllDocuments()",
    ],
  ])("%s", (_title, yaml, line) => {
    expect(refusal(yaml)).toEqual([line]);
  });

  test("an empty mapping lacks everything that is required", () => {
    expect(refusal("{}")).toEqual(MISSING);
  });

  test("an anchor stands for its value, and an alias is the place of its errors", () => {
    expect(refusal(changed("port: 9000", "port: &port 0\n    servicePort: *port"))).toEqual([
      "environments/demo.yaml:26:17 workloads.api.port must be a whole number from 1 to 65535, got: 0",
      "environments/demo.yaml:27:18 workloads.api.servicePort must be a whole number from 1 to 65535, got: 0",
    ]);
  });

  test("lines that end as on Windows keep their places", () => {
    expect(refusal(changed("sku: Basic", "sku: Basis").replaceAll("\n", "\r\n"))).toEqual([
      'environments/demo.yaml:5:8 registry.sku must be one of Basic, Standard, Premium, got: "Basis"',
    ]);
  });
});

describe("text that the YAML library refuses late", () => {
  test.each([
    ["an alias without its anchor", changed("sku: Basic", "sku: *sku"), "Unresolved alias"],
    [
      "aliases that multiply",
      `a: &a [${"x,".repeat(20)}]\nb: &b [${"*a,".repeat(20)}]\nc: [${"*b,".repeat(20)}]\n`,
      "Excessive alias count",
    ],
  ])("%s", (_title, yaml, message) => {
    const [line, ...rest] = refusal(yaml);
    expect(line).toMatch(new RegExp(`^environments/demo\\.yaml:\\d+:\\d+ is not valid YAML: ${message}`));
    expect(rest).toEqual([]);
  });

  test.each([
    ["of two lines", '"a\\nb"', '"a\\nb"'],
    ["that is empty", '""', '""'],
  ])("a key %s stands on one line", (_title, key, shown) => {
    expect(refusal(`{ ${key}: 1 }`)).toEqual([...MISSING, `environments/demo.yaml:1:3 ${shown} is not a known key`]);
  });
});

describe("text that JavaScript would take for something else", () => {
  const KEY = "a key must not be called __proto__, which JavaScript keeps to itself";

  test.each([
    ["as a label that selects", changed("clusters: [blue]", "clusters: { matchLabels: { __proto__: x } }"), "21:32"],
    ["as a section", `__proto__: { a: b }\n${BASE}`, "1:1"],
    ["in quotes", changed("port: 8080", 'port: 8080\n    env: { "__proto__": x }'), "23:12"],
  ])("__proto__ %s is refused", (_title, yaml, place) => {
    expect(refusal(yaml)).toEqual([`environments/demo.yaml:${place} is not valid YAML: ${KEY}`]);
  });

  test.each(["constructor", "toString", "hasOwnProperty", "valueOf"])("%s is a key like any other", (name) => {
    const yaml = `tags: { ${name}: x }\n${changed(
      "port: 8080",
      `port: 8080\n    env: { ${name}: x }\n    nodeSelector: { ${name}: x }\n    serviceAnnotations: { ${name}: x }`,
    )}`;
    const environment = environmentFrom(yaml);
    expect(environment.tags).toEqual([{ key: { text: name }, value: { text: "x" } }]);
    const { env, nodeSelector, serviceAnnotations } = environment.workloads.web ?? {};
    for (const texts of [env, serviceAnnotations]) expect(Object.entries(texts ?? {})).toEqual([[name, { text: "x" }]]);
    expect(Object.entries(nodeSelector ?? {})).toEqual([[name, "x"]]);
  });

  test.each(["constructor", "toString"])("%s selects the clusters that have that label, and no others", (name) => {
    const selecting = (own: string) =>
      changed("clusters: [blue]", `clusters: { matchLabels: { ${name}: x } }`).replace(
        "    pull:",
        `    labels: { ${own}: x }\n    pull:`,
      );
    expect(environmentFrom(selecting(name)).workloads.web?.clusters).toEqual(["blue"]);
    expect(refusal(selecting("other"))).toEqual([
      `environments/demo.yaml:22:32 workloads.web.clusters.matchLabels.${name} is a label of no cluster`,
    ]);
  });

  test.each([
    ["constructor", "must not be constructor: the construct tree cannot hold that name"],
    ["toString", KEY_RULE],
  ])("%s is refused as the key of an entry, at its place", (name, rule) => {
    expect(refusal(changed("  api:\n    repository", `  ${name}:\n    repository`))).toContain(
      `environments/demo.yaml:11:3 images.${name} ${rule}`,
    );
  });

  test("toString is an unknown key where keys are ours", () => {
    expect(refusal(changed("sku: Basic", "sku: Basic\n  toString: 1"))).toEqual([
      "environments/demo.yaml:6:3 registry.toString is not a known key",
    ]);
  });
});

describe("text that is no UTF-8 or has tags", () => {
  const bytesOf = (yaml: string, ...bytes: number[]) => {
    const directory = projectWith({ "environments/demo.yaml": "" });
    const [before = "", after = ""] = yaml.split("¤");
    const content = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
    fs.writeFileSync(path.join(directory, "environments/demo.yaml"), content);
    return () => load(directory);
  };
  const RULE = "is not valid YAML: the file must be UTF-8";

  test.each([
    ["a byte of Latin 1", "# é\nx: ¤y\n", [0xe9], "2:4"],
    ["a character that is cut", "# é\nx: y¤", [0xe2, 0x82], "2:5"],
    ["UTF-16", "¤", [0xff, 0xfe, 0x61, 0x00], "1:1"],
    ["a lone surrogate", "a: ¤", [0xed, 0xa0, 0x80], "1:4"],
  ])("%s is refused where it is", (_title, yaml, bytes, place) => {
    expect(bytesOf(yaml, ...bytes)).toThrow(new ConfigError([`environments/demo.yaml:${place} ${RULE}`]));
  });

  test("a byte order mark is no text", () => {
    expect(bytesOf(`¤${BASE}`, 0xef, 0xbb, 0xbf)).not.toThrow();
    expect(refusal(`\ufeff${changed("sku: Basic", "sku: B")}`)).toEqual([
      expect.stringMatching(/^environments\/demo\.yaml:5:8 registry\.sku must be one of/),
    ]);
  });

  test.each([
    ["an unknown tag", "sku: !secret Basic", "5:8 is not valid YAML: Unresolved tag: !secret"],
    ["a tag of binary data", "sku: !!binary aGk=", "5:17 is not valid YAML: Unresolved tag: tag:yaml.org,2002:binary"],
    [
      "a tag of dates",
      "sku: !!timestamp 2026-01-01",
      "5:20 is not valid YAML: Unresolved tag: tag:yaml.org,2002:timestamp",
    ],
    ["a key that is a mapping", "? { a: b }\n  : c", "5:5 is not valid YAML: a key must be a text"],
  ])("%s is refused where it is", (_title, text, line) => {
    expect(refusal(changed("sku: Basic", text))).toEqual([`environments/demo.yaml:${line}`]);
  });
});

test("100,000 keys take seconds", () => {
  const many = Array.from({ length: 100_000 }, (_, index) => `  k${index}: v\n`).join("");
  expect(refusal(`${BASE}${many.replaceAll("  ", "")}`)).toHaveLength(100_000);
  expect(refusal(`tags:\n${many}${BASE}`)).toEqual([
    "environments/demo.yaml:1:1 tags must be at most 50 tags on a resource, and are 100000",
  ]);
}, 60_000);

describe("several errors", () => {
  test("are listed at once, in the order of the file, rules between entries included", () => {
    const yaml = changed("sku: Basic", "sku: basic")
      .replace("tag: v1", "tag: latest")
      .replace("{ context: blue }", '{ context: "" }')
      .replace("image: api", "image: apy")
      .replace("port: 9000", "port: 9000\n    clusterz: []");
    expect(refusal(yaml)).toEqual([
      'environments/demo.yaml:5:8 registry.sku must be one of Basic, Standard, Premium, got: "basic"',
      'environments/demo.yaml:9:10 images.web.tag must name a version; set allowLatest: true to accept latest, got: "latest"',
      'environments/demo.yaml:16:28 clusters.blue.kubeconfig.context must not be empty, got: ""',
      'environments/demo.yaml:27:5 workloads.api.clusterz is not a known key; did you mean "clusters"?',
    ]);
  });

  test("of a section do not hide wrong references in other entries", () => {
    const yaml = changed("port: 9000", "port: 0").replace("image: web", "image: wen");
    expect(refusal(yaml)).toEqual([
      'environments/demo.yaml:20:12 workloads.web.image must be a key of images; did you mean "web"?, got: "wen"',
      "environments/demo.yaml:26:11 workloads.api.port must be a whole number from 1 to 65535, got: 0",
    ]);
  });

  test("of an image do not make references to it wrong", () => {
    expect(refusal(changed("tag: v1", "tag: latest"))).toEqual([
      'environments/demo.yaml:9:10 images.web.tag must name a version; set allowLatest: true to accept latest, got: "latest"',
    ]);
  });

  test("of several files are listed by file", () => {
    const files = {
      "environments/b.yaml": OTHER.replace("sku: Basic", "sku: B"),
      "environments/a.yaml": changed("sku: Basic", "sku: A"),
    };
    expect(refusalOf(files)).toEqual([
      'environments/a.yaml:5:8 registry.sku must be one of Basic, Standard, Premium, got: "A"',
      'environments/b.yaml:5:8 registry.sku must be one of Basic, Standard, Premium, got: "B"',
    ]);
  });

  test("of a file that is no YAML do not hide those of others", () => {
    const files = { "environments/a.yaml": "{", "environments/b.yaml": OTHER.replace("sku: Basic", "sku: B") };
    expect(refusalOf(files)).toEqual([
      "environments/a.yaml:1:2 is not valid YAML: Flow map must end with a }",
      'environments/b.yaml:5:8 registry.sku must be one of Basic, Standard, Premium, got: "B"',
    ]);
  });
});

describe("file names", () => {
  const rule =
    "must be a key: at most 63 lowercase letters, digits or hyphens, the first a letter, the last none of the hyphens";

  test.each(["Demo", "2nd", "demo_1", "demo.eu", "demo-", "d".repeat(64)])("%s.yaml is refused", (name) => {
    const file = `environments/${name}.yaml`;
    expect(refusalOf({ [file]: BASE })).toEqual([`${file}:1:1 the file's name, without .yaml, ${rule}`]);
  });

  test.each(["d", "demo-eu-2", "d".repeat(63)])("%s.yaml is accepted", (name) => {
    expect(refusalOf({ [`environments/${name}.yaml`]: BASE })).toEqual([]);
  });

  test("the name of a file is the name of its environment", () => {
    const [environment] = load(projectWith({ "environments/shop.yaml": BASE })).environments;
    expect(environment?.name).toBe("shop");
  });

  test.each(["second.yml", "second.YAML"])("%s beside the others is not passed over in silence", (name) => {
    expect(refusalOf({ "environments/demo.yaml": BASE, [`environments/${name}`]: OTHER })).toEqual([
      `environments/${name}:1:1 the file's name must end in .yaml: call it second.yaml, or keep it elsewhere`,
    ]);
  });

  test("other files in the folder are none of ours", () => {
    const files = { "environments/demo.yaml": BASE, "environments/schema.json": "{}", "environments/notes.md": "" };
    expect(refusalOf(files)).toEqual([]);
  });
});

describe("choice of environments", () => {
  const project = () =>
    projectWith({ "environments/b.yaml": OTHER, "environments/a.yaml": BASE, "examples/c.yaml": third() });
  const third = () => BASE.replaceAll("acrdemo2ss", "acrthird").replaceAll("blue", "third");
  const names = (choice?: string[]) => load(project(), choice).environments.map(({ name }) => name);

  test("without one, all files of the folder are loaded, in the order of their names", () => {
    expect(names()).toEqual(["a", "b"]);
  });

  test("a name picks one file", () => {
    expect(names(["b"])).toEqual(["b"]);
  });

  test("a path picks a file anywhere in the project", () => {
    expect(names(["examples/c.yaml", "a"])).toEqual(["a", "c"]);
  });

  test("an absolute path picks a file", () => {
    const directory = project();
    expect(load(directory, [path.join(directory, "examples/c.yaml")]).environments).toMatchObject([{ name: "c" }]);
  });

  test("the same file by two paths counts once", () => {
    expect(names(["a", "./environments/a.yaml"])).toEqual(["a"]);
  });

  test("the same file twice counts once", () => {
    expect(names(["a", "environments/a.yaml"])).toEqual(["a"]);
  });

  test("every unknown name is refused, and the known ones are named", () => {
    expect(refusalOf({ "environments/a.yaml": BASE, "environments/b.yaml": OTHER }, ["c", "x/d.yaml", "a"])).toEqual([
      "ENVIRONMENTS must name environments (a, b) or paths of .yaml files, and there is no environments/c.yaml",
      "ENVIRONMENTS must name environments (a, b) or paths of .yaml files, and there is no x/d.yaml",
    ]);
  });

  test("a choice of nothing is refused", () => {
    expect(refusalOf({ "environments/a.yaml": BASE, "environments/b.yaml": OTHER }, [])).toEqual([
      "ENVIRONMENTS must name environments (a, b) or paths of .yaml files, and names none",
    ]);
  });

  test("a project without environments is refused", () => {
    expect(refusalOf({})).toEqual(["environments/ must hold a file <environment>.yaml"]);
  });

  test("a file that is not chosen still owns its names", () => {
    const c = third().replace("acrthird", "acrdemo2ss");
    expect(refusalOf({ "environments/a.yaml": BASE, "examples/c.yaml": c }, ["examples/c.yaml"])).toContain(
      "examples/c.yaml:2:9 registry.name must not be a second registry acrdemo2ss: environments/a.yaml has it at registry.name",
    );
  });

  test("files come in the order of their paths, however they are chosen: the first owns what two claim", () => {
    const files = { "environments/a.yaml": BASE, "apps/c.yaml": third().replace("acrthird", "acrdemo2ss") };
    expect(refusalOf(files, ["apps/c.yaml"])).toContain(
      "environments/a.yaml:2:9 registry.name must not be a second registry acrdemo2ss: apps/c.yaml has it at registry.name",
    );
  });

  test("a file that is not chosen is checked as well", () => {
    const files = { "environments/a.yaml": BASE, "environments/b.yaml": OTHER.replace("sku: Basic", "sku: B") };
    expect(refusalOf(files, ["a"])).toEqual([
      'environments/b.yaml:5:8 registry.sku must be one of Basic, Standard, Premium, got: "B"',
    ]);
  });
});

describe("warnings", () => {
  const withAdmin = (yaml: string) => yaml.replace("sku: Basic", "sku: Basic\n  adminUser: true");
  const warning =
    "registry.adminUser gives everybody who holds it push and pull on all repositories, and its password lies in the registry's state";

  test("an enabled admin user is warned about", () => {
    const { warnings } = load(projectWith({ "environments/demo.yaml": withAdmin(BASE) }));
    expect(warnings).toEqual([`environments/demo.yaml:6:14 ${warning}`]);
  });

  test("nothing else is", () => {
    expect(load(projectWith({ "environments/demo.yaml": BASE })).warnings).toEqual([]);
  });

  test("a file that is not chosen gives none", () => {
    const directory = projectWith({ "environments/a.yaml": BASE, "environments/b.yaml": withAdmin(OTHER) });
    expect(load(directory, ["a"]).warnings).toEqual([]);
  });
});

test.each(SHIPPED)("%s, as shipped, loads", (choice) => {
  expect(load(PROJECT, [choice]).environments).toHaveLength(1);
});

test("the shipped files load together: they share no name", () => {
  expect(load(PROJECT, SHIPPED).environments).toHaveLength(SHIPPED.length);
});

describe("whatever a file holds, the answer is a list of places", () => {
  const place = /^environments\/demo\.yaml:[1-9]\d*:[1-9]\d* /;
  const directory = projectWith({});
  fs.mkdirSync(path.join(directory, "environments"));

  function check(data: unknown): void {
    fs.writeFileSync(path.join(directory, "environments/demo.yaml"), JSON.stringify(data));
    try {
      load(directory);
    } catch (error) {
      expect(error).toHaveProperty("name", "ConfigError");
      for (const line of (error as Error).message.split("\n")) expect(line).toMatch(place);
    }
  }

  test("for any JSON", () => {
    fc.assert(fc.property(fc.jsonValue(), check), { numRuns: 300 });
  });

  test("for an environment with any JSON in the place of one of its values", () => {
    const paths = pathsOf(parse(BASE));
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (place, value) => {
        const data: unknown = parse(BASE);
        put(data as Tree, place, value);
        check(data);
      }),
      { numRuns: 300 },
    );
  });
});

type Tree = Record<string, unknown>;

function pathsOf(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[key], ...pathsOf(child).map((path) => [key, ...path])]);
}

function put(tree: Tree, [first = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) tree[first] = value;
  else put(tree[first] as Tree, rest, value);
}
