import fs from "node:fs";
import path from "node:path";
import { RehearsedStack, type Rehearsal } from "../../rehearsal";
import { terraformBinary } from "../../terraform/terraform";
import type { Todo } from "./edit";

/** Destroys stacks while their entries are still in the file. @param endings Of their names, in order. */
export function destroyBefore(...endings: readonly string[]): Todo {
  return {
    words: `before it, destroy ${endings.map((ending) => `\`${ending.slice(1)}\``).join(", then ")}`,
    first: async (rehearsal) => {
      for (const ending of endings) await rehearsal.stack(ending).destroy();
      return undefined;
    },
  };
}

/** Keeps the folder of a stack that synthesis removes, and destroys from it when nothing uses any more what it has made. */
export function destroyAtLast(ending: string): Todo {
  return {
    words: `keep the folder of \`${ending.slice(1)}\`, and destroy from it at last`,
    first: (rehearsal) => {
      const { stack } = rehearsal.stack(ending);
      const directory = path.join(rehearsal.folder, "cdktf.out/retired", stack.name);
      fs.cpSync(stack.directory, directory, { recursive: true });
      const { clouds, log } = rehearsal;
      const retired = new RehearsedStack({ stack: { ...stack, directory }, clouds, log, binary: terraformBinary() });
      return Promise.resolve(async () => {
        await retired.destroy();
        retired.close();
      });
    },
  };
}

/** Imports resources. @param ids Of the objects, by the types of the resources. */
export function importInto(ending: string, ids: Readonly<Record<string, string>>): Todo {
  return {
    words: `\`terraform import\` of ${Object.keys(ids)
      .map((type) => `\`${type}\``)
      .join(" and ")}`,
    then: async (rehearsal) => {
      const stack = rehearsal.stack(ending);
      await stack.init();
      for (const [type, id] of Object.entries(ids)) {
        const [name = ""] = Object.keys(stack.stack.json.resource?.[type] ?? {});
        await run(stack, "import", "-input=false", `${type}.${name}`, id);
      }
    },
  };
}

/** Takes the states along to another backend. */
export const MIGRATE: Todo = {
  words: "`terraform init -migrate-state` in every stack, in the order of the applies",
  then: async ({ stacks }) => {
    for (const stack of stacks) await run(stack, "init", "-migrate-state", "-force-copy", "-input=false");
  },
};

/** Takes the states along to stacks of other names. */
export function pushStates(from: string, to: string): Todo {
  const states = new Map<string, string>();
  return {
    words: "`terraform state pull` in every stack before it, `terraform state push` in its successor",
    first: async ({ stacks }) => {
      for (const stack of stacks) states.set(stack.name, (await run(stack, "state", "pull")).stdout);
      return undefined;
    },
    then: async ({ stacks, folder }) => {
      for (const stack of stacks) {
        const file = path.join(folder, "pulled.json");
        fs.writeFileSync(file, states.get(stack.name.replace(to, from)) ?? "");
        await stack.init();
        await run(stack, "state", "push", file);
        fs.rmSync(file);
      }
    },
  };
}

/** The cluster can be reached by another context as well. */
export function alsoBy(context: string): Todo {
  return {
    words: "",
    first: ({ clouds }: Rehearsal) => {
      clouds.clusters[0]?.kubeconfigs.push({ context });
      return Promise.resolve(undefined);
    },
  };
}

/** The cluster is the AKS cluster of that name. */
export function isAks(name: string): Todo {
  return {
    words: "",
    then: ({ clouds: { arm, clusters } }: Rehearsal) => {
      const [aks, [cluster]] = [arm.clusters.values().find((one) => one.name === name), clusters];
      if (aks && cluster) arm.clusters.add({ ...aks, host: cluster.host });
      return Promise.resolve();
    },
  };
}

async function run(stack: RehearsedStack, ...args: readonly string[]): Promise<{ stdout: string }> {
  const { code, stdout, stderr } = await stack.terraform(args);
  if (code !== 0) throw new Error(`${stack.name}: terraform ${args.join(" ")}: ${stdout}${stderr}`);
  return { stdout };
}
