import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Terraform } from "../../terraform/terraform";
import { stackIn, synthesizeFiles, temporaryFolder, type StackFile } from "../support/synthesized";
import { describeWithTools } from "../support/tools";

const SERVER = "acrdemo2ss.azurecr.io";
const CLIENT_ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

/** Entra's own alphabet first, then whatever has ever broken an encoder. */
const PASSWORDS = [
  "Ab18Q~x3.Yz-0_kLmNoPqRsTuVwXyZ~a.b-c_d9E",
  'double " quote',
  "back \\ slash \\n \\u0041",
  "dollar ${brace} $dollar %{if} %percent",
  "{}[]:,",
  "<script>&amp;</script>",
  "ünïcödé 密码 🔑",
  "tab\tand newline\n",
  "line\u2028separator",
  "'single' `back` quotes",
];

/** A configuration that computes, from states with these outputs, the value that the workload stack would put into its secret. */
class SecretEvaluator {
  private readonly folder = temporaryFolder();
  private readonly terraform = new Terraform({ cwd: this.folder });
  private readonly outputs: Record<string, Record<string, string>> = {};

  constructor(workload: StackFile) {
    const [secret] = Object.values(workload.json.resource?.kubernetes_secret_v1 ?? {});
    const value = (secret?.data as Record<string, string>)[".dockerconfigjson"] ?? "";
    const remoteStates = workload.json.data?.terraform_remote_state ?? {};
    const data = Object.fromEntries(
      Object.keys(remoteStates).map((name) => [name, { backend: "local", config: { path: `${name}.tfstate` } }]),
    );
    const configuration = { data: { terraform_remote_state: data }, output: { value: { value, sensitive: true } } };
    fs.writeFileSync(path.join(this.folder, "main.tf.json"), JSON.stringify(configuration));
    for (const [, state = "", output = ""] of value.matchAll(/terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g)) {
      (this.outputs[state] ??= {})[output] = "";
    }
    for (const name of Object.keys(remoteStates)) this.outputs[name] ??= {};
  }

  async evaluate(valueOf: (output: string) => string): Promise<string> {
    for (const [state, outputs] of Object.entries(this.outputs)) {
      const values = Object.keys(outputs).map((name) => [name, { value: valueOf(name), type: "string" }] as const);
      const content = { version: 4, serial: 1, lineage: state, outputs: Object.fromEntries(values), resources: [] };
      fs.writeFileSync(path.join(this.folder, `${state}.tfstate`), JSON.stringify(content));
    }
    if (!fs.existsSync(path.join(this.folder, ".terraform"))) await this.run(["init", "-input=false"]);
    await this.run(["apply", "-auto-approve", "-input=false"]);
    return this.run(["output", "-raw", "value"]);
  }

  private async run(args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.terraform.run([
      ...args,
      ...(args[0] === "output" ? [] : ["-no-color"]),
    ]);
    if (code !== 0) throw new Error(`terraform ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  }
}

function kubectlSecret(password: string): string {
  const create = ["create", "secret", "docker-registry", "x", "--dry-run=client", "-o", "json"];
  const inputs = [`--docker-server=${SERVER}`, `--docker-username=${CLIENT_ID}`, `--docker-password=${password}`];
  const { stdout, stderr } = spawnSync("kubectl", [...create, ...inputs], { encoding: "utf8" });
  if (stdout === "") throw new Error(`kubectl: ${stderr}`);
  const secret = JSON.parse(stdout) as { data: Record<string, string>; type: string };
  expect(secret.type).toBe("kubernetes.io/dockerconfigjson");
  return Buffer.from(secret.data[".dockerconfigjson"] ?? "", "base64").toString();
}

describeWithTools(["terraform", "kubectl"], "the synthesized .dockerconfigjson", () => {
  let evaluator: SecretEvaluator;

  beforeAll(() => {
    evaluator = new SecretEvaluator(stackIn(synthesizeFiles(["environments/demo.yaml"]), "-workload-aksdemo2"));
  });

  it.each(PASSWORDS)("is what kubectl writes, byte for byte, for the password %j", async (password) => {
    const value = await evaluator.evaluate((output) => {
      if (output.includes("password")) return password;
      return output.includes("login_server") ? SERVER : CLIENT_ID;
    });
    expect(value).toBe(kubectlSecret(password));
  });
});
