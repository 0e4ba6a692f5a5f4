import { parse } from "yaml";
import type { Registry } from "../../clouds/registry-object";
import { sha256, type ContainerRegistries } from "../../clouds/registry";
import type { ResourceModel } from "../../sdk/model";
import { CloudError } from "../../sdk/model";
import { alreadyExists, block, optionalText, text } from "../values";
import type { AzurermContext } from "./context";

/** A task of a registry. Of its steps, encoded ones that build and push are known. */
export function registryTask(context: AzurermContext): ResourceModel {
  const registryOf = (id: string) => context.arm.registries.get(id.replace(/\/tasks\/[^/]+$/, ""));
  return {
    read: (state) => (registryOf(text(state, "id"))?.tasks.has(text(state, "name")) ? {} : undefined),
    create: (planned) => {
      const registry = requireRegistry(context, text(planned, "container_registry_id"));
      const name = text(planned, "name");
      const id = `${registry.id}/tasks/${name}`;
      if (registry.tasks.has(name)) throw alreadyExists("azurerm_container_registry_task", id);
      registry.tasks.set(name, stepOf(planned));
      return { id };
    },
    update: (prior, planned) => {
      registryOf(text(prior, "id"))?.tasks.set(text(prior, "name"), stepOf(planned));
      return {};
    },
    delete: (state) => {
      registryOf(text(state, "id"))?.tasks.delete(text(state, "name"));
    },
  };
}

/** One run of a task, on create: the images that it pushes are in the registry from then on. */
export function registryTaskRun(context: AzurermContext, registries: ContainerRegistries): ResourceModel {
  return {
    create: (planned) => {
      const id = text(planned, "container_registry_task_id");
      const [registryPart = "", name = ""] = id.split("/tasks/");
      const registry = requireRegistry(context, registryPart);
      const step = registry.tasks.get(name);
      if (!step) throw new CloudError(`scheduling the task: ${id} was not found`);
      const lost = registries.tasksFault(registry);
      if (lost !== undefined)
        throw new CloudError(`run failed: failed to login: ${registry.loginServer}: denied: ${lost}`);
      for (const image of imagesOf(step.content)) {
        const [, repository = "", tag = "latest"] = /^\$Registry\/([^:]+):(.+)$/.exec(image) ?? [];
        registries.push(registry.loginServer, repository, tag, sha256(`${step.content} ${step.context}`));
      }
      return { id: `${registry.id}/runs/${context.arm.ids.hex(`run/${id}`).slice(0, 4)}` };
    },
    delete: () => undefined,
  };
}

function stepOf(planned: Parameters<ResourceModel["create"]>[0]): { content: string; context: string } {
  const step = block(planned, "encoded_step");
  const content = Buffer.from(text(step, "task_content"), "base64").toString();
  return { content, context: optionalText(step, "context_path") ?? "" };
}

/** @throws CloudError for content that is no task. */
function imagesOf(content: string): string[] {
  const task = parse(content) as { steps?: { push?: string[] }[] } | null;
  if (!task?.steps) throw new CloudError("run failed: failed to unmarshal task before running");
  return task.steps.flatMap(({ push = [] }) => push);
}

function requireRegistry({ arm }: AzurermContext, id: string): Registry {
  const registry = arm.registries.get(id);
  if (registry) return registry;
  throw new CloudError(
    `unexpected status 404 (404 Not Found) with error: ResourceNotFound: The Resource '${id}' was not found.`,
  );
}
