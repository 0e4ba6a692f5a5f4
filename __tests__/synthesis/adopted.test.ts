import fs from "node:fs";
import path from "node:path";
import { adoptedStacks } from "../../synthesis/adopted";
import { stackIn, synthesizeYaml, temporaryFolder } from "../support/synthesized";

const YAML = `
registry: { name: acrtutorial01, resourceGroup: tutorial-rg, location: centralus, sku: Basic, adopt: true }
clusters: { old: { kubeconfig: {}, pull: { servicePrincipal: {} } } }
namespaces: { shop: { clusters: [old] } }
`;

test("adopt has done its work where the state has all that it names", () => {
  const outdir = synthesizeYaml(YAML, { outdir: path.join(temporaryFolder(), "cdktf.out") });
  const { json } = stackIn(outdir, "-registry");
  const { path: file } = (json.terraform.backend as { local: { path: string } }).local;
  const write = (addresses: readonly string[]) => {
    const resources = addresses.map((address) => {
      const [type, name] = address.split(".");
      return { mode: "managed", type, name, instances: [{}] };
    });
    fs.writeFileSync(path.resolve(outdir, "stacks/test-registry", file), JSON.stringify({ version: 4, resources }));
  };
  const [one = "", two = ""] = (json.import ?? []).map(({ to }) => String(to));

  expect(adoptedStacks(outdir)).toEqual([]);
  write([one]);
  expect(adoptedStacks(outdir)).toEqual([]);
  write([one, two]);
  expect(adoptedStacks(outdir)).toEqual(["test-registry"]);
});
