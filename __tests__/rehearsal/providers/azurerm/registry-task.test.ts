import { resource, setUp } from "../harness";
import { REGISTRY_ID, withRegistry } from "./fixture";

function taskOf(steps: string, context = "https://host/a.git#1:.") {
  const step = { task_content: Buffer.from(steps).toString("base64"), context_path: context };
  return { name: "build-web", container_registry_id: REGISTRY_ID, encoded_step: [step] };
}

const PUSH =
  'version: v1.1.0\nsteps:\n  - build: "-t $Registry/shop/web:v1-1 ."\n  - push: ["$Registry/shop/web:v1-1"]\n';

async function withTasks() {
  const { type, clouds } = await withRegistry();
  const digest = () => clouds.registries.digestOf("acrdemo2ss.azurecr.io", "shop/web", "v1-1");
  const tasks = type("azurerm_container_registry_task");
  const [registry] = clouds.arm.registries.values();
  return { tasks, runs: type("azurerm_container_registry_task_schedule_run_now"), digest, registry };
}

test("a run pushes what the task pushes, with a digest of steps and context", async () => {
  const { tasks, runs, digest } = await withTasks();
  const task = await tasks.create(taskOf(PUSH));
  expect(task.id).toBe(`${REGISTRY_ID}/tasks/build-web`);
  expect(digest()).toBeUndefined();
  await runs.create({ container_registry_task_id: `${REGISTRY_ID}/tasks/build-web` });
  const first = digest();
  expect(first).toMatch(/^sha256:[0-9a-f]{64}$/);
  await tasks.update(task, taskOf(PUSH, "https://host/a.git#2:."));
  expect(digest()).toBe(first);
  await runs.create({ container_registry_task_id: `${REGISTRY_ID}/tasks/build-web` });
  expect(digest()).not.toBe(first);
});

test("a second task of the same name is refused", async () => {
  const { tasks } = await withTasks();
  await tasks.create(taskOf(PUSH));
  await expect(tasks.create(taskOf(PUSH))).rejects.toThrow(
    `A resource with the ID "${REGISTRY_ID}/tasks/build-web" already exists`,
  );
});

test("a run of what is no task fails, and so does one of a task that is gone", async () => {
  const { tasks, runs } = await withTasks();
  const task = await tasks.create(taskOf("just text"));
  const run = () => runs.create({ container_registry_task_id: `${REGISTRY_ID}/tasks/build-web` });
  await expect(run()).rejects.toThrow("run failed: failed to unmarshal task before running");
  await tasks.delete(task);
  expect(await tasks.read(task)).toBeUndefined();
  await expect(run()).rejects.toThrow(`scheduling the task: ${REGISTRY_ID}/tasks/build-web was not found`);
});

test("a task of a registry that is not there is refused", async () => {
  const { providers } = setUp();
  const tasks = resource(providers.azurerm, "azurerm_container_registry_task");
  await expect(tasks.create(taskOf(PUSH))).rejects.toThrow(`The Resource '${REGISTRY_ID}' was not found.`);
});

test("a run does not get into a registry that lets in some addresses alone", async () => {
  const { tasks, runs, digest, registry } = await withTasks();
  if (registry) registry.allow = ["203.0.113.0/24"];
  await tasks.create(taskOf(PUSH));
  await expect(runs.create({ container_registry_task_id: `${REGISTRY_ID}/tasks/build-web` })).rejects.toThrow(
    "run failed: failed to login: acrdemo2ss.azurecr.io: denied: client with IP '192.0.2.200' is not allowed access",
  );
  expect(digest()).toBeUndefined();
});
