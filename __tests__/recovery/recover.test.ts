import { environmentFrom } from "../support/environment";
import { describeWithTools } from "../support/tools";
import type { FaultRequest, RehearsedStack, Rehearsal } from "../../rehearsal";
import { orphansOf } from "../../recovery/orphans";
import { findMissing, importFound, readState, type Missing } from "../../recovery/recover";
import { first } from "../rehearsal/clouds/world";
import { rehearsalOf } from "../rehearsal/rehearsals";

const PULLS = {
  principal: "{ servicePrincipal: {} }",
  token: "{ registryToken: {} }",
  vault: "{ servicePrincipal: {}, keyVault: { name: shop-pull-kv, resourceGroup: kv-rg, location: westeurope } }",
} as const;

function environmentBy(pull: keyof typeof PULLS) {
  return environmentFrom(`
registry: { name: shopregistry, resourceGroup: shop-rg, location: westeurope, sku: Premium }
images: { web: { repository: shop/web, tag: v1, build: { docker: { context: docker-manifests } } } }
clusters: { one: { kubeconfig: {}, pull: ${PULLS[pull]} } }
namespaces: { shop: { serviceAccounts: [runner] } }
workloads: { web: { image: web, namespace: shop, clusters: [one], port: 8080, replicas: 2, runAsUser: 101 } }
`);
}

type Outcome = "import" | "goes on" | "by hand";

/** What is done where the answer to a create got lost: the environment that has the type, the stack that makes it, and how it goes on. */
const CREATED: Readonly<Record<string, readonly [keyof typeof PULLS, stack: string, Outcome]>> = {
  azurerm_resource_group: ["principal", "-registry", "import"],
  azurerm_container_registry: ["principal", "-registry", "import"],
  azurerm_container_registry_scope_map: ["token", "-identity-one", "import"],
  azurerm_container_registry_token: ["token", "-identity-one", "import"],
  azurerm_container_registry_token_password: ["token", "-identity-one", "by hand"],
  azurerm_role_assignment: ["principal", "-identity-one", "import"],
  azurerm_key_vault: ["vault", "-identity-one", "import"],
  azurerm_key_vault_secret: ["vault", "-identity-one", "import"],
  azuread_application: ["principal", "-identity-one", "import"],
  azuread_service_principal: ["principal", "-identity-one", "import"],
  azuread_application_password: ["principal", "-identity-one", "goes on"],
  docker_image: ["principal", "-images", "goes on"],
  docker_registry_image: ["principal", "-images", "goes on"],
  kubernetes_namespace_v1: ["principal", "-workload-one", "import"],
  kubernetes_secret_v1: ["principal", "-workload-one", "import"],
  kubernetes_service_account_v1: ["principal", "-workload-one", "import"],
  kubernetes_deployment_v1: ["principal", "-workload-one", "import"],
  kubernetes_service_v1: ["principal", "-workload-one", "import"],
  kubernetes_pod_disruption_budget_v1: ["principal", "-workload-one", "import"],
};

/** Deploys what comes before a stack, and that with an answer lost. @returns How it fails. */
async function deployUntil(rehearsal: Rehearsal, ending: string, fault: FaultRequest): Promise<string> {
  for (const stack of rehearsal.stacks) {
    if (stack.name.endsWith(ending)) break;
    await rehearsal.deployStack(stack);
  }
  rehearsal.faults.add(fault);
  try {
    await rehearsal.deployStack(rehearsal.stack(ending));
    return "";
  } catch (error) {
    return String(error);
  } finally {
    expect(rehearsal.faults.struck).toHaveLength(1);
  }
}

/** As the command does, until nothing is found any more. New servers each time: they have the types of the files that they find. */
async function recover(stack: RehearsedStack): Promise<Missing[]> {
  const run = (args: readonly string[]) => {
    stack.close();
    return stack.terraform(args);
  };
  const all: Missing[] = [];
  for (;;) {
    const missing = await findMissing(stack.stack.directory, run);
    all.push(...missing);
    if ((await importFound(missing, stack.stack.directory, run)).length === 0) return all;
  }
}

describeWithTools(["terraform"], "an answer that got lost", () => {
  test("every type that is made has its row", () => {
    const types = new Set(
      Object.keys(PULLS).flatMap((pull) =>
        rehearsalOf({ environment: environmentBy(pull as keyof typeof PULLS) }).stacks.flatMap(({ stack }) =>
          Object.keys(stack.json.resource ?? {}),
        ),
      ),
    );
    expect([...types].toSorted()).toEqual(Object.keys(CREATED).toSorted());
  });

  test.each(Object.entries(CREATED))(
    "create of %s %j: the next run goes on, and a plan after it is empty",
    async (type, [pull, ending, outcome]) => {
      const rehearsal = rehearsalOf({ environment: environmentBy(pull) });
      const failure = await deployUntil(rehearsal, ending, { kind: "lost", type, operation: "create" });
      const stack = rehearsal.stack(ending);
      expect(failure === "").toBe(outcome === "goes on");
      if (failure !== "") {
        const missing = await recover(stack);
        const imported = missing.flatMap(({ address, id }) => (id === undefined ? [] : [address.split(".")[0]]));
        expect(imported).toEqual(outcome === "import" ? [type] : []);
        if (outcome === "by hand") {
          const command = missing.find(({ remedy }) => remedy?.includes("az acr token"))?.remedy ?? "";
          const [, token = ""] = /--registry shopregistry --name (\S+) --password1 --password2/.exec(command) ?? [];
          for (const { tokens } of rehearsal.clouds.arm.registries.values()) {
            const found = tokens.get(token);
            if (found) found.passwords = [];
          }
        }
        await rehearsal.deployStack(stack);
      }
      await stack.destroy();
      expect(rehearsal.clouds.leftovers().filter((left) => left.toLowerCase().includes(ofStack(ending)))).toEqual([]);
    },
    60_000,
  );

  test("a password that nobody knows is named by its key id, for its deletion", async () => {
    const rehearsal = rehearsalOf({ environment: environmentBy("principal") });
    const fault = { kind: "lost", type: "azuread_application_password", operation: "create" } as const;
    await deployUntil(rehearsal, "-identity-one", fault);
    const stack = rehearsal.stack("-identity-one");
    const state = await readState((args) => stack.terraform(args));
    const { applications } = rehearsal.clouds.entra;
    const [application] = applications.values();
    application?.passwords.push({ ...first(application.passwords), keyId: "of-a-person", displayName: "laptop" });
    const orphans = await orphansOf(state, (objectId) => Promise.resolve(applications.get(objectId)?.passwords ?? []));
    expect(application?.passwords).toHaveLength(6);
    expect(orphans).toEqual([
      {
        clientId: application?.clientId,
        keyId: expect.any(String) as string,
        name: expect.stringMatching(/^slot-\d$/) as string,
      },
    ]);
    const known = [...state.values()].map(({ key_id: keyId }) => keyId);
    expect(known).not.toContain(orphans[0]?.keyId);
  });

  test.each(["update", "delete"] as const)(
    "%s: the next run goes on",
    async (operation) => {
      const rehearsal = rehearsalOf({ environment: environmentBy("principal") });
      await rehearsal.deploy();
      for (const type of ["kubernetes_deployment_v1", "kubernetes_service_v1", "kubernetes_pod_disruption_budget_v1"]) {
        const before = rehearsal.faults.struck.length;
        rehearsal.faults.add({ kind: "lost", type, operation });
        const edited = environmentBy("principal");
        const { web } = edited.workloads;
        const replicas = before % 2 === 0 ? 3 : 2;
        rehearsal.resynthesize(
          operation === "update" && web
            ? { ...edited, workloads: { web: { ...web, replicas, port: 8080 + before } } }
            : { ...edited, workloads: {} },
        );
        await rehearsal.deployStack(rehearsal.stack("-workload-one"));
        if (rehearsal.faults.struck.length === before) continue;
        if (operation === "delete") {
          rehearsal.resynthesize(edited);
          await rehearsal.deployStack(rehearsal.stack("-workload-one"));
        }
      }
      expect(rehearsal.faults.struck.length).toBeGreaterThanOrEqual(2);
    },
    120_000,
  );
});

/** What names the things of a stack in the clouds, beside those of the stacks before it. */
function ofStack(ending: string): string {
  return (
    { "-registry": "shop", "-images": "no such thing", "-identity-one": "applications/", "-workload-one": "one: " }[
      ending
    ] ?? ending
  );
}
