import fs from "node:fs";
import path from "node:path";
import { type ProviderServer, reattachEnvironment, type Rehearsal, serveProviders } from "../../rehearsal";
import type { Finished } from "../../terraform/process";
import { Terraform, terraformBinary } from "../../terraform/terraform";
import { PROJECT } from "../support/synthesized";

/** Every line of ours in the three pipelines, with the systems that have it; the tests run them as they stand here. */
export const LINES = {
  clusters: 'npx acr-pull "$COMMAND" --shard "$SHARD" --out results',
  destroy: 'npx acr-pull destroy --environment "$DESTROY_ENVIRONMENT"',
  kubeconfig: 'npx acr-pull kubeconfig "$AKS_RESOURCE_GROUP" "$AKS_CLUSTER"',
  plan: "npx acr-pull plan",
  shared: 'npx acr-pull "$COMMAND" --shared',
  synth: 'npx acr-pull synth --shard "$SHARD"',
} as const;

/** Those that each system has in its own way: GitLab's matrix is written by hand. */
export const OWN_LINES = {
  "github-actions.yml": ["npx acr-pull matrix --shards 8", 'npx acr-pull summary results --matrix "$MATRIX"'],
  "azure-pipelines.yml": [
    "npx acr-pull matrix --shards 8 --format azure",
    'npx acr-pull summary results --matrix "$MATRIX"',
  ],
  "gitlab-ci.yml": ["npx acr-pull summary results"],
} as const;

/** What people type on one machine. */
export const COMMANDS = { apply: "npx acr-pull apply", rotate: "npx acr-pull rotate" } as const;

/** What `az acr login --expose-token` gives. */
export const PUSH_TOKEN = "push-token-of-the-registry";

/** Runs Terraform against the servers of one stack, and keeps a diary of it. */
const TERRAFORM = `#!/usr/bin/env bash
stack=\${1##*/}
echo "begin $stack \${*:2}" >>"$DIARY"
TF_REATTACH_PROVIDERS=$(cat "$REATTACH/$stack") "$TERRAFORM" "$@"
code=$?
echo "end $stack $2 $code \${DOCKER_REGISTRY_PASS:-}" >>"$DIARY"
exit $code
`;

const AZ = `#!/usr/bin/env bash
echo "az $*" >>"$DIARY"
echo "\${AZ_SAYS-${PUSH_TOKEN}}"
exit "\${AZ_CODE:-0}"
`;

const KUBELOGIN = `#!/usr/bin/env bash
echo "kubelogin $*" >>"$DIARY"
`;

/** As npm finds the project's own command. */
const NPX = `#!/usr/bin/env bash
exec "${process.execPath}" ${JSON.stringify(path.join(PROJECT, "tools/acr-pull.cjs"))} "\${@:2}"
`;

/** A rehearsal's folder, as a runner has a clone of the project after `npm run synth`. */
export class Pipeline {
  private servers: ProviderServer[] = [];
  private readonly bin: string;
  private readonly diaryFile: string;

  constructor(readonly rehearsal: Rehearsal) {
    const { folder } = rehearsal;
    this.bin = path.join(folder, "bin");
    this.diaryFile = path.join(folder, "diary");
    fs.mkdirSync(this.bin);
    for (const [name, text] of Object.entries({
      "recorded-terraform": TERRAFORM,
      ...{ az: AZ, kubelogin: KUBELOGIN, npx: NPX },
    })) {
      fs.writeFileSync(path.join(this.bin, name), text, { mode: 0o755 });
    }
  }

  /** What programs were run since the last look: `begin <stack> <arguments>`, `end <stack> <command> <code> <password>`. */
  diary(): string[] {
    const text = fs.existsSync(this.diaryFile) ? fs.readFileSync(this.diaryFile, "utf8") : "";
    fs.rmSync(this.diaryFile, { force: true });
    return text.split("\n").filter(Boolean);
  }

  /** Runs a line as a step of a pipeline does. @param env Further variables. */
  async run(line: string, env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const { folder, clouds, stacks } = this.rehearsal;
    const reattach = path.join(folder, "reattach");
    if (this.servers.length === 0) {
      fs.mkdirSync(reattach, { recursive: true });
      for (const { name, stack } of stacks) {
        const servers = await serveProviders([stack], clouds, {
          intercept: (operation) =>
            this.rehearsal.faults.strike(operation, { kill: () => undefined, close: () => undefined }),
        });
        this.servers.push(...servers);
        fs.writeFileSync(path.join(reattach, name), reattachEnvironment(servers));
      }
    }
    const shell = new Terraform({
      cwd: folder,
      binary: "bash",
      env: {
        ...{ PATH: `${this.bin}:${process.env.PATH ?? ""}`, CI: "", TF_BUILD: "", GITHUB_ACTIONS: "" },
        // The rehearsal's registry is none of the network.
        CHECK_PULLS: "no",
        ...{
          ENVIRONMENTS: "demo",
          CLUSTERS: "",
          CDKTF_OUTDIR: path.join(folder, "cdktf.out"),
          ACR_PULL_PAUSE_MS: "10",
          // Packages of a mirror are made up anew under the same versions.
          TF_PLUGIN_CACHE_DIR: "",
        },
        ...{ DIARY: this.diaryFile, REATTACH: reattach, TERRAFORM: terraformBinary() },
        TERRAFORM_BINARY_NAME: "recorded-terraform",
        TF_VAR_now: clouds.clock.now().toISOString().replace(/\.\d+/, ""),
        TF_VAR_present: clouds.clock.now().toISOString().replace(/\.\d+/, ""),
        ...env,
      },
    });
    return shell.run(["-c", line]);
  }

  /** A file of the folder. */
  read(name: string): string {
    return fs.readFileSync(path.join(this.rehearsal.folder, name), "utf8");
  }

  close(): void {
    for (const server of this.servers) server.close();
    this.servers = [];
  }
}

const open: Pipeline[] = [];

afterAll(() => {
  for (const pipeline of open) pipeline.close();
});

/** A pipeline that is closed after the tests of the file. */
export function pipelineOf(rehearsal: Rehearsal): Pipeline {
  const pipeline = new Pipeline(rehearsal);
  open.push(pipeline);
  return pipeline;
}
