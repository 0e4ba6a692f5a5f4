import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { EXPIRES } from "../../config/secret-annotations";
import { quietClusters } from "../../runs/quiet";
import { environmentFrom } from "../support/environment";
import { temporaryFolder } from "../support/synthesized";
import { describeWithTools } from "../support/tools";

const DAY_MS = 24 * 60 * 60 * 1000;
/** End of the password that identity stacks gave last. */
const EXPIRES_AT = "2026-04-01T00:00:00Z";

const ENVIRONMENT = environmentFrom(`
registry: { name: quietregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { web: { repository: web, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters:
  done: { kubeconfig: { context: done }, pull: { servicePrincipal: { name: done } } }
  behind: { kubeconfig: { context: behind }, pull: { servicePrincipal: { name: behind } } }
  fresh: { kubeconfig: { context: fresh }, pull: { servicePrincipal: { name: fresh } } }
  bare: { kubeconfig: { context: bare }, pull: { existingSecret: { name: theirs } } }
workloads:
  web: { image: web, clusters: [done, behind, fresh, bare], port: 80 }
`);

const identity = { version: 4, outputs: { expires: { value: EXPIRES_AT, type: "string" } }, resources: [] };
const workload = (expires: string) => ({
  ...{ version: 4, outputs: {} },
  resources: [
    {
      ...{ mode: "managed", type: "kubernetes_secret_v1", name: "pull" },
      provider: 'provider["registry.terraform.io/hashicorp/kubernetes"]',
      instances: [{ schema_version: 0, attributes: { metadata: [{ annotations: { [EXPIRES]: expires } }] } }],
    },
  ],
});
/** `fresh` has none yet. */
const STATES: Readonly<Record<string, object>> = {
  "demo-identity-done": identity,
  "demo-workload-done": workload(EXPIRES_AT),
  "demo-identity-behind": identity,
  "demo-workload-behind": workload("2026-03-02T00:00:00Z"),
};

describeWithTools(["terraform"], "clusters for which the calendar has nothing to do", () => {
  const outdir = temporaryFolder();
  const server = http.createServer((request, response) => {
    const state = STATES[path.basename(request.url ?? "")];
    response.statusCode = state ? 200 : 404;
    response.end(
      state && JSON.stringify({ ...state, check_results: null, terraform_version: "1.11.4", serial: 1, lineage: "x" }),
    );
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    for (const key of Object.keys(ENVIRONMENT.clusters)) {
      for (const kind of ["identity", "workload"]) {
        const name = `demo-${kind}-${key}`;
        const folder = path.join(outdir, "stacks", name);
        fs.mkdirSync(folder, { recursive: true });
        const backend = { http: { address: `http://127.0.0.1:${port}/${name}` } };
        // A provider that is nowhere: who initialized the stack itself would fail.
        const terraform = { backend, required_providers: { none: { source: "nobody/none", version: "1.0.0" } } };
        fs.writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify({ terraform }));
      }
    }
  });
  afterAll(() => {
    server.close();
  });

  /** In the period after this many boundaries. */
  const quietAfter = (periods: number) => {
    const { done } = ENVIRONMENT.clusters;
    if (!done || !("rotation" in done.pull)) throw new Error("it has no rotation");
    const { slots, lag, periodDays } = done.pull.rotation;
    const boundary = Date.parse(EXPIRES_AT) - (slots - lag) * periodDays * DAY_MS;
    return quietClusters(ENVIRONMENT, outdir, new Date(boundary + periods * periodDays * DAY_MS - 1000));
  };

  it("are those whose secret has the password of the period, by states of any backend, without any provider", async () => {
    expect(await quietAfter(0)).toEqual(["done", "bare"]);
    for (const name of fs.readdirSync(path.join(outdir, "stacks")))
      expect(fs.readdirSync(path.join(outdir, "stacks", name))).toEqual(["cdk.tf.json"]);
  });

  it("are none with a password when the next period has begun", async () => {
    expect(await quietAfter(1)).toEqual(["bare"]);
  });
});
