import fs from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { missingPrograms } from "../missing";

/** The real parts that these tests were given. */
export interface RealParts {
  /** Of a cluster that may be filled and emptied; its only context, or its current one. */
  readonly kubeconfig: string;
  /** Terraform's CLI configuration: where the providers come from. */
  readonly cliConfig: string;
  /** Address of this machine that nodes and engine reach, by plain HTTP. */
  readonly address: string;
  /** Port of the registry. 0: any that is free. */
  readonly port: number;
  /** Variables for the real azurerm, azuread and docker providers. @default - azurerm and azuread are the rehearsal's */
  readonly azure?: Readonly<Record<string, string>>;
  /** Environment files, relative to the project. @default - the shipped ones */
  readonly environments?: readonly string[];
}

/** @returns The parts, or the line that says what is missing. */
export function realParts(env: NodeJS.ProcessEnv = process.env): RealParts | string {
  const { E2E_KUBECONFIG: kubeconfig, E2E_CLI_CONFIG: cliConfig, E2E_AZURE: azure } = env;
  if (kubeconfig === undefined || cliConfig === undefined) {
    return "E2E_KUBECONFIG (a cluster for tests) and E2E_CLI_CONFIG (Terraform's CLI configuration, /dev/null for the registry) say where the real parts are";
  }
  const gone = [kubeconfig, cliConfig, azure].find((file) => file !== undefined && !fs.existsSync(file));
  if (gone !== undefined) return `${gone} does not exist`;
  const missing = missingPrograms({ kubectl: "kubernetes-client" });
  if (missing !== undefined) return missing;
  return {
    kubeconfig: path.resolve(kubeconfig),
    cliConfig: path.resolve(cliConfig),
    address: env.E2E_ADDRESS ?? "127.0.0.1",
    port: Number(env.E2E_PORT ?? 0),
    ...(azure !== undefined && { azure: parseEnv(fs.readFileSync(azure, "utf8")) as Record<string, string> }),
    ...(env.E2E_ENVIRONMENTS !== undefined && { environments: env.E2E_ENVIRONMENTS.split(",") }),
  };
}
