import { App, TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { acceptVersions } from "../../stacks/providers";
import { synthStack } from "../support/environment";
import {
  SHIPPED,
  stacksIn,
  synthesizeFiles,
  synthesizeYaml,
  temporaryFolder,
  type StackFile,
} from "../support/synthesized";

const environment = (providers: string) => `
providers: ${providers}
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { web: { repository: web, tag: v1, build: { docker: { context: docker-manifests } } } }
clusters: { one: { aks: { name: one, resourceGroup: rg }, pull: { servicePrincipal: { name: pull-one } } } }
workloads: { web: { image: web, clusters: [one], port: 8080 } }
`;

/** What each stack requires, by provider. */
const required = (stacks: readonly StackFile[]) =>
  stacks.flatMap(({ json }) => Object.entries(json.terraform.required_providers ?? {}));

/** The version that the installed bindings of a provider were made from. */
function bindingsVersion(provider: string): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- package.json of a name that is not known before
  const manifest = require(`@cdktf/provider-${provider}/package.json`) as { cdktf: { provider: { version: string } } };
  return manifest.cdktf.provider.version;
}

it.each(SHIPPED.filter((file) => !file.endsWith("all-options.yaml")))(
  "where %s is silent, providers are the bindings' or newer, below the next major",
  (file) => {
    const found = required(stacksIn(synthesizeFiles([file])));
    expect(found).not.toHaveLength(0);
    for (const [provider, { version }] of found) {
      const own = bindingsVersion(provider);
      expect([provider, version]).toEqual([provider, `>= ${own}, < ${Number(own.split(".")[0]) + 1}.0.0`]);
    }
  },
);

it("uses the constraints of the environment file, in every stack that has the provider", () => {
  const constraints = { azurerm: "~> 4.60", azuread: "3.7.0", kubernetes: ">= 2.38.0, != 2.39.0", docker: "< 3.7" };
  const outdir = synthesizeYaml(environment(JSON.stringify(constraints)));
  const found = required(stacksIn(outdir)).map(([provider, { version }]) => `${provider} ${String(version)}`);
  expect([...new Set(found)].sort()).toEqual(
    Object.entries(constraints)
      .map(([provider, constraint]) => `${provider} ${constraint}`)
      .sort(),
  );
});

it("keeps the address of each provider", () => {
  const sources = required(stacksIn(synthesizeYaml(environment("{}")))).map(([, { source }]) => source);
  expect([...new Set(sources)].sort()).toEqual(["azurerm", "hashicorp/azuread", "kreuzwerker/docker", "kubernetes"]);
});

describe("bindings", () => {
  class Provider extends TerraformProvider {
    constructor(scope: Construct, providerVersion?: string) {
      const terraformGeneratorMetadata = { providerName: "cloud", providerVersion };
      super(scope, "cloud", { terraformResourceType: "cloud", terraformGeneratorMetadata });
    }
  }
  const stack = () => new TerraformStack(new App({ outdir: temporaryFolder() }), "stack");

  it("give the range, whatever they are", () => {
    const { json } = synthStack((app) => {
      const scope = new TerraformStack(app, "stack");
      acceptVersions(new Provider(scope, "12.3.4"));
      return scope;
    });
    expect(json.terraform.required_providers).toMatchObject({ cloud: { version: ">= 12.3.4, < 13.0.0" } });
  });

  it("that do not say their version are an error, unless the file has a constraint", () => {
    expect(() => acceptVersions(new Provider(stack()))).toThrow(
      new Error("the bindings of cloud do not say their version"),
    );
    expect(() => acceptVersions(new Provider(stack()), "~> 1.0")).not.toThrow();
  });
});
