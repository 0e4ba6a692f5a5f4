import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import type { LiveReport } from "../../live/report";
import { auths, cluster, environmentOf, pullSecret } from "./support/cluster-objects";
import { Stage } from "./support/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ registries: {}, clusters: { edge: cluster(pullSecret(auths("user", "password"))) } });
});
afterAll(() => {
  stage.close();
});

/** What `verify` says of a cluster whose login is a plug-in. */
async function answer(plugin: string): Promise<LiveReport["results"][number] | undefined> {
  const program = path.join(stage.folder, "bin/kubelogin");
  fs.writeFileSync(program, `#!/bin/sh\n${plugin}\n`, { mode: 0o755 });
  const exec = { apiVersion: "client.authentication.k8s.io/v1beta1", command: "kubelogin", args: ["get-token"] };
  const server = /server: (http:\S+)/.exec(fs.readFileSync(path.join(stage.folder, ".kube/config"), "utf8"))?.[1];
  const kubeconfig = {
    ...{ apiVersion: "v1", kind: "Config" },
    clusters: [{ name: "edge", cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name: "plugin", user: { exec } }],
    contexts: [{ name: "edge", context: { cluster: "edge", user: "plugin" } }],
  };
  fs.writeFileSync(path.join(stage.folder, "plugin"), stringify(kubeconfig));
  const pull = { existingSecret: { name: "contoso-secret" } };
  const clusters = { edge: { kubeconfig: { path: "~/plugin" }, pull } };
  const file = stage.environment("plugin", { ...environmentOf({ name: "contoso" }, { edge: pull }), clusters });
  const report = (await stage.reports("verify", [file])).get("plugin");
  return report?.results.find(({ check }) => check === "answers");
}

it("tells a plug-in what kubectl tells it, without which kubelogin refuses to run", async () => {
  const credential = JSON.stringify({ kind: "ExecCredential", status: { token: "from-the-plugin" } });
  const told = path.join(stage.folder, "told");
  expect(await answer(`printf %s "$KUBERNETES_EXEC_INFO" >${told}; echo '${credential}'`)).toMatchObject({
    state: "ok",
  });
  expect(JSON.parse(fs.readFileSync(told, "utf8"))).toEqual({
    apiVersion: "client.authentication.k8s.io/v1beta1",
    kind: "ExecCredential",
    spec: { interactive: false },
  });
});

it("says what a plug-in says that fails", async () => {
  expect(await answer("echo 'AADSTS700082: The refresh token has expired.' >&2; exit 1")).toMatchObject({
    state: "failed",
    cause: "cluster-login-ended",
    found: expect.stringContaining("AADSTS700082: The refresh token has expired.") as string,
  });
});

it("says of a file that is no kubeconfig", async () => {
  fs.writeFileSync(path.join(stage.folder, ".kube/config"), ": [");
  const file = stage.environment(
    "broken",
    environmentOf({ name: "contoso" }, { edge: { existingSecret: { name: "x" } } }),
  );
  const { code, stdout } = await stage.run(["verify", "--environment", file]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/FAILED {6}answers: ~\/\.kube\/config is no kubeconfig: /);
});
