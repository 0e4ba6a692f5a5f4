import { UserError } from "../config/user-error";
import { runProcess } from "../terraform/process";
import { command, run } from "./command-line";

/** Application of the AKS server, the same in all tenants: https://azure.github.io/kubelogin/concepts/aks.html */
const AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";

const kubeconfig = command("kubeconfig")
  .argument("<resource-group>")
  .argument("<cluster>")
  .action(async (group: string, cluster: string) => {
    const steps: readonly (readonly [program: string, ...args: string[]])[] = [
      ["az", "aks", "get-credentials", "--resource-group", group, "--name", cluster, "--overwrite-existing"],
      ["kubelogin", "convert-kubeconfig", "--login", "azurecli"],
      // The assertion of a federated login ends in minutes, the token that is bought with it now lasts for an hour.
      ["az", "account", "get-access-token", "--resource", AKS_SERVER, "--output", "none"],
    ];
    for (const [program, ...args] of steps) {
      const { code, output } = await runProcess(program, args);
      if (code !== 0) throw new UserError(`${program} ${args.slice(0, 2).join(" ")}: ${output.trim()}`);
    }
  });

void run(kubeconfig);
