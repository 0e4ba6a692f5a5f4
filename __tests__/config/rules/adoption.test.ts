import { load, projectWith } from "../../support/environment";
import { BASE, refusal, refusalOf } from "../base";

const CLIENT = "3a1b5f0e-7c0d-4f4e-9a55-0c6a2f1d8e77";
const ADOPT = `adopt: { clientId: ${CLIENT} }`;

/** The base with some texts replaced. */
function edited(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((yaml, [from, to]) => {
    if (!yaml.includes(from)) throw new Error(`the base has no ${JSON.stringify(from)}`);
    return yaml.replace(from, to);
  }, BASE);
}

const BLUE = "pull: { servicePrincipal: { name: pull-blue } }";
const THERE = ["workloads:\n", "namespaces: { default: { existing: true } }\nworkloads:\n"] as const;

test.each<[title: string, yaml: string, ...lines: string[]]>([
  [
    "a registry that is somebody else's and ours",
    edited(["  location: centralus\n  sku: Basic\n", "  existing: true\n  adopt: true\n"]),
    "environments/demo.yaml:5:10 registry.adopt must be left out: with existing: true it stays somebody else's, and adopt makes it ours, got: true",
  ],
  [
    "a namespace that is somebody else's and ours",
    edited(["workloads:\n", "namespaces: { default: { existing: true, adopt: true } }\nworkloads:\n"]),
    "environments/demo.yaml:18:49 namespaces.default.adopt must be left out: with existing: true it stays somebody else's, and adopt makes it ours, got: true",
  ],
  [
    "a client id that is none",
    edited([BLUE, "pull: { servicePrincipal: { adopt: { clientId: acr-sp-demo } } }"]),
    'environments/demo.yaml:17:52 clusters.blue.pull.servicePrincipal.adopt.clientId must be a UUID in lower case, got: "acr-sp-demo"',
  ],
  [
    "an application without its client id",
    edited([BLUE, "pull: { servicePrincipal: { adopt: {} } }"]),
    "environments/demo.yaml:17:33 clusters.blue.pull.servicePrincipal.adopt.clientId is required",
  ],
  [
    "a token",
    edited([BLUE, "pull: { registryToken: { adopt: true } }"]),
    "environments/demo.yaml:17:30 clusters.blue.pull.registryToken.adopt is not a known key: nobody can read the passwords of a token again; let a new token stand beside it, and delete the old one when the last pod has the new secret",
  ],
  [
    "somebody else's secret",
    edited([BLUE, "pull: { existingSecret: { name: regcred, adopt: true } }"]),
    "environments/demo.yaml:17:46 clusters.blue.pull.existingSecret.adopt is not a known key: the secret stays somebody else's; to have it managed here choose a method that makes one, and namespaces.<name>.pullSecret: { name, adopt: true }",
  ],
  [
    "one application on two clusters",
    edited([
      `    ${BLUE}`,
      `    pull: { servicePrincipal: { name: a, ${ADOPT} } }\n  green: { kubeconfig: {}, pull: { servicePrincipal: { name: b, ${ADOPT} } } }`,
    ]),
    `environments/demo.yaml:18:84 clusters.green.pull.servicePrincipal.adopt.clientId must not be a second owner of application ${CLIENT}: environments/demo.yaml has it at clusters.blue.pull.servicePrincipal.adopt.clientId`,
  ],
  [
    "a selector without labels",
    edited(["    port: 8080\n", "    port: 8080\n    adopt: { selector: {} }\n"], THERE),
    "environments/demo.yaml:24:24 workloads.web.adopt.selector must name at least one label, got: a mapping",
  ],
  [
    "a Service that there is none of",
    edited(["    port: 8080\n", "    adopt: { service: web }\n"], THERE),
    'environments/demo.yaml:23:23 workloads.web.adopt.service must be left out: without port there is no Service, got: "web"',
  ],
  [
    "what is adopted and kept",
    edited(["    port: 8080\n", "    port: 8080\n    adopt: {}\n    keep: {}\n"], THERE),
    "environments/demo.yaml:25:11 workloads.web.keep must be left out: it is what adopt is called once that has been applied",
  ],
  [
    "what was made by hand in a namespace that is only just made",
    edited(["    port: 8080\n", "    port: 8080\n    namespace: shop\n    adopt: {}\n"]),
    "environments/demo.yaml:24:12 workloads.web.adopt needs a namespace that is there: namespaces: { shop: { existing: true } }, or { adopt: true } where it is to be managed here too",
  ],
  [
    "a secret in a namespace that is only just made",
    edited(
      ["    port: 8080\n", "    port: 8080\n    namespace: shop\n"],
      ["workloads:\n", "namespaces: { shop: { pullSecret: { name: old, adopt: true } } }\nworkloads:\n"],
    ),
    "environments/demo.yaml:18:55 namespaces.shop.pullSecret.adopt needs a namespace that is there: namespaces: { shop: { existing: true } }, or { adopt: true } where it is to be managed here too",
  ],
  [
    "a secret whose password goes through a key vault",
    edited(
      [
        BLUE,
        "pull: { servicePrincipal: { name: pull-blue }, keyVault: { name: pull-kv-1, resourceGroup: kv, existing: true } }",
      ],
      [
        "workloads:\n",
        "namespaces: { default: { existing: true, pullSecret: { name: old, adopt: true } } }\nworkloads:\n",
      ],
    ),
    "environments/demo.yaml:18:74 namespaces.default.pullSecret.adopt must be left out: on blue the password goes through a key vault, into a new secret beside the one that was made by hand",
  ],
  [
    "such a secret of pods of manifests",
    edited(
      [
        BLUE,
        "pull: { servicePrincipal: { name: pull-blue }, keyVault: { name: pull-kv-1, resourceGroup: kv, existing: true } }",
      ],
      [
        "workloads:\n",
        "manifests: { pod: { path: pod.yaml, clusters: [blue] } }\nnamespaces: { shop: { existing: true, pullSecret: { name: old, adopt: true } } }\nworkloads:\n",
      ],
    ),
    "environments/demo.yaml:19:71 namespaces.shop.pullSecret.adopt must be left out: on blue the password goes through a key vault, into a new secret beside the one that was made by hand",
  ],
  [
    "two workloads with the pods of one Deployment",
    edited(
      ["    port: 8080\n", "    port: 8080\n    adopt: { selector: { app: shop } }\n"],
      ["    port: 9000\n", "    port: 9000\n    keep: { selector: { app: shop } }\n"],
      THERE,
    ),
    "environments/demo.yaml:26:5 workloads.api must not be a second owner of the pods app=shop in namespace default on context blue of ~/.kube/config: environments/demo.yaml has it at workloads.web",
  ],
  [
    "one Deployment of two workloads",
    edited(["    port: 8080\n", "    port: 8080\n    adopt: { deployment: api, selector: { app: old } }\n"], THERE),
    "environments/demo.yaml:26:5 workloads.api must not be a second Deployment api in namespace default on context blue of ~/.kube/config: environments/demo.yaml has it at workloads.web",
  ],
  [
    "a kind that the provider does not import",
    edited([
      "workloads:\n",
      "manifests: { slices: { path: slices.yaml, clusters: [blue], adopt: true } }\nworkloads:\n",
    ]),
    "environments/demo.yaml:18:68 manifests.slices.adopt must be false: the provider imports no EndpointSlice, and web-1 is one",
  ],
])("%s is refused at its place", (_, yaml, ...lines) => {
  const slices =
    "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: web-1 }\naddressType: IPv4\nports: [{ name: http, port: 80, appProtocol: http }]\nendpoints: [{ addresses: [10.0.0.1] }]\n";
  const pod =
    "apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec:\n  containers: [{ name: web, image: acrdemo2ss.azurecr.io/shop/web:v1 }]\n";
  expect(refusalOf({ "environments/demo.yaml": yaml, "slices.yaml": slices, "pod.yaml": pod })).toEqual(lines);
});

test("one application in two files is refused", () => {
  const other = (name: string) =>
    edited(
      ["acrdemo2ss", name],
      ["context: blue", `context: ${name}`],
      [BLUE, `pull: { servicePrincipal: { name: ${name}, ${ADOPT} } }`],
    );
  expect(refusalOf({ "environments/one.yaml": other("acrone01"), "environments/two.yaml": other("acrtwo01") })).toEqual(
    [
      expect.stringContaining(
        `second owner of application ${CLIENT}: environments/one.yaml has it at clusters.blue.pull`,
      ),
    ],
  );
});

test("what is imported is said, and what to do when it is", () => {
  const yaml = edited(
    ["  sku: Basic\n", "  sku: Basic\n  adopt: true\n"],
    [BLUE, `pull: { servicePrincipal: { ${ADOPT} } }`],
    ["    port: 8080\n", "    port: 8080\n    adopt: { selector: { app: old } }\n"],
    ["workloads:\n", "namespaces: { default: { existing: true, pullSecret: { adopt: true } } }\nworkloads:\n"],
  );
  expect(refusal(yaml)).toEqual([]);
  const { warnings } = load(projectWith({ "environments/demo.yaml": yaml }));
  expect(warnings.map((warning) => warning.replace("environments/demo.yaml:", ""))).toEqual([
    "6:3 registry.adopt makes the next apply import registry acrdemo2ss and resource group acr-rg2, where it is there; nothing is replaced. Once it is applied, drop it",
    "6:10 registry.adopt switches the admin user off where it is on: adminUser: true keeps it until the last that logs in with it has another credential",
    `18:33 clusters.blue.pull.servicePrincipal.adopt makes the next apply import application ${CLIENT}, to be called acr-pull-demo-blue, with its principal and its role on the registry, where it is there; nothing is replaced. Once it is applied, drop it`,
    "19:56 namespaces.default.pullSecret.adopt makes the next apply import the pull secret in namespace default, where it is there; nothing is replaced. Once it is applied, drop it",
    "25:5 workloads.web.adopt makes the next apply import Deployment web and Service web, and a pull secret of our name that it names, where it is there; nothing is replaced. Once it is applied, call it keep",
  ]);
});
