import { readStackJson } from "../synthesis/synthesized-stack";
import { runProcess } from "../terraform/process";

/** What the docker provider logs in to the registry with: a token of the operator's login, good for three hours. */
export class PushCredentials {
  /**
   * @param variables Those of the surroundings: what they say of the login is taken as it is.
   * @param say Writes to the log of the job.
   */
  constructor(
    private readonly variables: NodeJS.ProcessEnv,
    private readonly say: (line: string) => void,
  ) {}

  /**
   * @param directory Of the registry's stack.
   * @returns Environment variables for Terraform.
   * @throws {Error} Where the Azure CLI gives no token.
   */
  async of(directory: string): Promise<NodeJS.ProcessEnv> {
    if (this.variables.DOCKER_REGISTRY_PASS) return {};
    const { resource, data } = readStackJson(directory);
    const found = resource?.azurerm_container_registry ?? data?.azurerm_container_registry ?? {};
    const [registry] = Object.values(found) as { readonly name: string }[];
    const args = [
      "acr",
      "login",
      "--name",
      registry?.name ?? "",
      "--expose-token",
      "--query",
      "accessToken",
      "--output",
      "tsv",
    ];
    const { code, stdout, stderr } = await runProcess("az", args);
    const token = stdout.trim();
    if (code !== 0 || token === "") throw new Error(`az acr login: ${stderr.trim() || "no token"}`);
    // A provider's error can quote a password, so the log is told to hide this one where it can be told.
    if (this.variables.GITHUB_ACTIONS === "true") this.say(`::add-mask::${token}`);
    if (this.variables.TF_BUILD === "True") this.say(`##vso[task.setsecret]${token}`);
    return { DOCKER_REGISTRY_USER: "00000000-0000-0000-0000-000000000000", DOCKER_REGISTRY_PASS: token };
  }
}
