import fs from "node:fs";
import path from "node:path";
import type { LiveReport } from "../../live/report";
import { Terraform } from "../../terraform/terraform";
import { describeWithTools } from "../support/tools";
import { environmentOf } from "./support/cluster-objects";
import { Stage } from "./support/stage";

const CLIENT_ID = "00000000-0000-0000-0000-000000000001";

describeWithTools(["terraform"], "verify --issued", () => {
  let stage: Stage;
  beforeAll(async () => {
    const application = { clientId: CLIENT_ID, name: "app-fine", password: "s3cret-right", roles: ["AcrPull"] };
    stage = await Stage.open({
      registries: { contoso: { images: { "shop/web:v1": { platforms: ["linux/amd64"] } } } },
      applications: [application],
    });
    // As cdktf names them: stacks/identity-stack.ts.
    for (const [key, value] of Object.entries({ right: "s3cret-right", wrong: "s3cret-mistyped" })) {
      const folder = path.join(stage.folder, `out/stacks/issued-identity-${key}`);
      fs.mkdirSync(folder, { recursive: true });
      const output = {
        username: { value: CLIENT_ID },
        "cross-stack-output-localpull-identity_active-password_434914D6": { value, sensitive: true },
      };
      const backend = { local: { path: `${key}.tfstate` } };
      fs.writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend }, output }));
      for (const args of [["init"], ["apply", "-auto-approve"]])
        expect(await new Terraform({ cwd: folder }).run(args)).toMatchObject({ code: 0 });
    }
  });
  afterAll(() => {
    stage.close();
  });

  it("replays what identity stacks have given, and shows no password", async () => {
    const pulls = ["right", "wrong", "unapplied"].map(
      (key) => [key, { servicePrincipal: { name: `app-${key}` } }] as const,
    );
    const file = stage.environment("issued", environmentOf({ name: "contoso" }, Object.fromEntries(pulls)));
    const { code, stdout } = await stage.run(["verify", "--issued", "--json", "--environment", file]);
    const [report] = JSON.parse(stdout) as LiveReport[];
    const found = Object.fromEntries(
      report?.results.map(({ subject, state, cause }) => [subject, { state, cause }]) ?? [],
    );
    expect(found).toEqual({
      "cluster right": { state: "ok" },
      "cluster wrong": { state: "failed", cause: "password-wrong" },
      "cluster unapplied": { state: "not checked" },
    });
    expect(code).toBe(1);
    expect(stdout).not.toMatch(/s3cret/);
  });

  it("tries again as long as it is told to for what goes away by itself", async () => {
    const file = stage.environment(
      "issued",
      environmentOf({ name: "contoso" }, { wrong: { servicePrincipal: { name: "app-wrong" } } }),
    );
    stage.azure.requests.length = 0;
    await stage.run(["verify", "--issued", "--wait", "6", "--environment", file]);
    expect(stage.azure.requests.filter((request) => request === "GET contoso.azurecr.io/oauth2/token")).toHaveLength(2);
  });
});
