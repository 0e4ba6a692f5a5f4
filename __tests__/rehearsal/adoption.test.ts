import type { Environment } from "../../config";
import { withoutAdoption } from "../../config/adoption";
import { placesOf } from "../../config/places";
import { ByHand } from "../../rehearsal/clouds/by-hand";
import type { Cluster } from "../../rehearsal/clouds/kubernetes/cluster";
import type { Rehearsal } from "../../rehearsal/rehearsal";
import { environmentFrom } from "../support/environment";
import { describeWithTools } from "../support/tools";
import { first } from "./clouds/world";
import { rehearsalOf, shipped, waitingPods } from "./rehearsals";

const CLIENT_ID = "3a1b5f0e-7c0d-4f4e-9a55-0c6a2f1d8e77";
const MINUTE_MS = 60_000;

const ENVIRONMENT = `
registry: { name: acrtutorial01, resourceGroup: tutorial-rg, location: centralus, sku: Basic, adopt: true, adminUser: false }
images: { web: { repository: app2/acr-app2, prebuilt: sha256:${"a".repeat(64)} } }
clusters:
  tutorial:
    kubeconfig: { context: tutorial }
    pull: { servicePrincipal: { name: acr-sp-tutorial, adopt: { clientId: ${CLIENT_ID} } } }
namespaces: { default: { existing: true, pullSecret: { name: acrtutorial01-secret, adopt: true } } }
workloads:
  web:
    image: web
    clusters: [tutorial]
    port: 80
    expose: LoadBalancer
    runAsUser: 101
    adopt: { deployment: old-deployment, service: old-service, selector: { app: acrtutorial01 } }
`;

function adopting(change: (yaml: string) => string = (yaml) => yaml): Rehearsal {
  return rehearsalOf({ environment: environmentFrom(change(ENVIRONMENT)) });
}

/** What a plan of the stack imports, adds, changes and destroys. */
async function countsOf(rehearsal: Rehearsal, ending: string): Promise<string> {
  const stack = rehearsal.stack(ending);
  await stack.init();
  const { stdout } = await stack.terraform(["plan", "-input=false", "-no-color", "-out=counted.tfplan"]);
  return /Plan: .*/.exec(stdout)?.[0] ?? stdout;
}

describeWithTools(["terraform"], "a world that the tutorial has made", () => {
  const rehearsal = adopting();
  const { clouds } = rehearsal;
  const cluster = first(clouds.clusters);
  const before = inventoryOf(cluster);
  clouds.entra.replicationLagMs = MINUTE_MS;

  /** In every minute that goes by a node is replaced, and every pod starts anew. */
  const pullFor = (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      clouds.clock.advance(MINUTE_MS);
      expect(cluster.restartPods().filter(({ ok }) => !ok)).toEqual([]);
    }
    expect(waitingPods(rehearsal)).toEqual([]);
  };

  it("has pods that pull", () => {
    expect(before).toEqual(["deployments.apps old-deployment", "secrets acrtutorial01-secret", "services old-service"]);
    pullFor(10);
  });

  it.each([
    ["-registry", "Plan: 2 to import, 0 to add, 0 to change, 0 to destroy."],
    ["-identity-tutorial", "Plan: 3 to import, 4 to add, 1 to change, 0 to destroy."],
    ["-workload-tutorial", "Plan: 3 to import, 0 to add, 3 to change, 0 to destroy."],
    // As measured with the real providers: 2, 0 and 0; 3, 4 and 1; 3, 0 and 3.
  ])("%s: %s, and every pod goes on pulling", async (ending, counts) => {
    expect(await countsOf(rehearsal, ending)).toBe(counts);
    pullFor(10);
    await rehearsal.deployStack(rehearsal.stack(ending));
    pullFor(10);
  });

  it("is the same objects afterwards, under their names", () => {
    expect(inventoryOf(cluster)).toEqual(before);
    expect(cluster.deployments.get("default", "old-deployment")?.spec.selector).toEqual({
      matchLabels: { app: "acrtutorial01" },
    });
    expect(cluster.services.get("default", "old-service")?.spec.selector).toEqual({ app: "acrtutorial01" });
  });

  it("pulls for a day without the old password", () => {
    const [application] = clouds.entra.applications.values();
    const old = application?.passwords.find(({ displayName }) => displayName === "rbac");
    expect(old).toBeDefined();
    clouds.entra.removePassword(application?.objectId ?? "", old?.keyId ?? "");
    pullFor(24 * 60);
  });

  it("has nothing to do once adopt is dropped, and is destroyed with the rest", async () => {
    await rehearsal.dropAdoption();
    expect(first(rehearsal.stacks).stack.json).not.toHaveProperty("import");
    await rehearsal.destroy();
    expect(clouds.leftovers()).toEqual([]);
    expect(inventoryOf(cluster)).toEqual([]);
  });

  it("may have adopt again where all is gone: it is made, and said to be", async () => {
    clouds.entra.replicationLagMs = 0;
    // The one object that has to be there: nothing may look for a secret.
    new ByHand(clouds).createSecret(
      cluster,
      { namespace: "default", name: "acrtutorial01-secret" },
      ...(["acrtutorial01.azurecr.io", { username: "nobody", password: "nothing" }] as const),
    );
    rehearsal.resynthesize(environmentFrom(ENVIRONMENT));
    await rehearsal.deploy();
    expect(waitingPods(rehearsal)).toEqual([]);
    const warnings = rehearsal.stacks.flatMap((stack) => stack.warnings).join("\n");
    for (const what of [
      "registry acrtutorial01 in resource group tutorial-rg",
      "resource group tutorial-rg with the registry acrtutorial01",
      `application with a principal and the client id ${CLIENT_ID}`,
      `principal of the application ${CLIENT_ID}`,
      `role AcrPull of the application ${CLIENT_ID} on the registry itself`,
      "Deployment old-deployment in namespace default",
      "Service old-service in namespace default",
    ])
      expect(warnings).toContain(`There is no ${what} to adopt: it is made anew.`);
    await rehearsal.destroy();
    expect(clouds.leftovers()).toEqual([]);
  });
});

function inventoryOf(cluster: Cluster): string[] {
  return cluster.api.namespaced
    .flatMap((kind) => kind.values().map(({ metadata }) => `${kind.kind.plural} ${metadata.name}`))
    .filter((name) => !name.startsWith("serviceaccounts"))
    .toSorted();
}

describeWithTools(["terraform"], "a hand-made world with other parts", () => {
  it("has a secret of the tutorial's name, which is ours: it is imported where the Deployment names it", async () => {
    const rehearsal = adopting((yaml) => yaml.replace(/^namespaces: .*\n/m, ""));
    for (const ending of ["-registry", "-identity-tutorial"]) await rehearsal.deployStack(rehearsal.stack(ending));
    expect(await countsOf(rehearsal, "-workload-tutorial")).toBe(
      "Plan: 3 to import, 0 to add, 3 to change, 0 to destroy.",
    );
    await rehearsal.deploy();
    expect(waitingPods(rehearsal)).toEqual([]);
    await rehearsal.dropAdoption();
  });

  it("keeps a role of a wider scope, says so, and gives the narrow one", async () => {
    const rehearsal = adopting();
    const { arm } = rehearsal.clouds;
    const [narrow] = arm.roles.all().filter(({ roleName }) => roleName === "AcrPull");
    arm.roles.delete(narrow?.id ?? "");
    const [group] = arm.groups.values();
    const wide = arm.roles.assign({
      scope: group?.id ?? "",
      roleName: "AcrPull",
      principalId: narrow?.principalId ?? "",
    });
    await rehearsal.deployStack(rehearsal.stack("-registry"));
    expect(await countsOf(rehearsal, "-identity-tutorial")).toBe(
      "Plan: 2 to import, 5 to add, 1 to change, 0 to destroy.",
    );
    await rehearsal.deployStack(rehearsal.stack("-identity-tutorial"));
    expect(rehearsal.stack("-identity-tutorial").warnings.join("\n")).toContain(
      `az role assignment delete --ids ${wide.id}`,
    );
    expect(arm.roles.all().map(({ scope }) => scope.split("/").at(-1))).toEqual(["tutorial-rg", "acrtutorial01"]);
  });

  it("is refused where the selector is another one: it would be replaced", async () => {
    const rehearsal = adopting();
    const cluster = first(rehearsal.clouds.clusters);
    cluster.deleteDeployment("default", "old-deployment");
    const labels = { app: "web", tier: "front" };
    new ByHand(rehearsal.clouds).createDeployment(
      cluster,
      { namespace: "default", name: "old-deployment" },
      { image: "docker.io/library/nginx:1", labels },
    );
    for (const ending of ["-registry", "-identity-tutorial"]) await rehearsal.deployStack(rehearsal.stack(ending));
    await expect(rehearsal.deployStack(rehearsal.stack("-workload-tutorial"))).rejects.toThrow(
      'workloads.web.adopt.selector must be {"app":"web","tier":"front"}, and nothing but labels, as the Deployment has it: another one would replace it.',
    );
    expect(cluster.deployments.get("default", "old-deployment")?.metadata.labels).toEqual(labels);
  });

  it("is refused where the registry lies elsewhere", async () => {
    const rehearsal = adopting((yaml) => yaml.replace("centralus", "westeurope"));
    const { arm } = rehearsal.clouds;
    const [registry] = arm.registries.values();
    arm.deleteResource(registry?.id ?? "");
    const place = { subscriptionId: registry?.id.split("/")[2] ?? "", resourceGroup: "tutorial-rg" };
    new ByHand(rehearsal.clouds).createRegistry({ ...place, location: "centralus" }, "acrtutorial01");
    await expect(rehearsal.deployStack(rehearsal.stack("-registry"))).rejects.toThrow(
      "registry.location must be centralus: acrtutorial01 lies there, and another location would replace it.",
    );
  });

  it("is refused where the group lies in another location than its registry", async () => {
    const rehearsal = adopting();
    const { arm } = rehearsal.clouds;
    const [registry] = arm.registries.values();
    const subscriptionId = registry?.id.split("/")[2] ?? "";
    arm.deleteGroup(`/subscriptions/${subscriptionId}/resourceGroups/tutorial-rg`, true);
    arm.createGroup(subscriptionId, "tutorial-rg", "eastus");
    const place = { subscriptionId, resourceGroup: "tutorial-rg", location: "centralus" };
    new ByHand(rehearsal.clouds).createRegistry(place, "acrtutorial01");
    await expect(rehearsal.deployStack(rehearsal.stack("-registry"))).rejects.toThrow(
      "registry.resourceGroup must be { name: tutorial-rg, existing: true }",
    );
  });

  it("gets the role that a registry with repository permissions counts, beside the one that it ignores", async () => {
    const rehearsal = adopting((yaml) =>
      yaml.replace(
        "location: centralus, sku: Basic, adopt: true, adminUser: false",
        "existing: true, repositoryPermissions: true",
      ),
    );
    const { arm } = rehearsal.clouds;
    const [own] = arm.roles.all();
    arm.roles.delete(own?.id ?? "");
    arm.roles.assign({ scope: own?.scope ?? "", roleName: "AcrPull", principalId: own?.principalId ?? "" });
    await rehearsal.deploy();
    expect(waitingPods(rehearsal)).toEqual([]);
    expect(arm.roles.all().map(({ roleName }) => roleName)).toEqual([
      "AcrPull",
      "Container Registry Repository Reader",
    ]);
    expect(rehearsal.stack("-identity-tutorial").warnings.join("\n")).toContain("has more roles than the one");
  });

  it("is refused where the secret is not there, in Terraform's words", async () => {
    const rehearsal = adopting();
    first(rehearsal.clouds.clusters).secrets.delete("default", "acrtutorial01-secret");
    for (const ending of ["-registry", "-identity-tutorial"]) await rehearsal.deployStack(rehearsal.stack(ending));
    await expect(rehearsal.deployStack(rehearsal.stack("-workload-tutorial"))).rejects.toThrow(
      "Cannot import non-existent remote object",
    );
  });

  it("destroys nothing as long as adopt is there", async () => {
    const rehearsal = adopting();
    await rehearsal.deployStack(rehearsal.stack("-registry"));
    await expect(rehearsal.stack("-registry").destroy()).rejects.toThrow(/prevent_destroy/);
  });
});

describeWithTools(["terraform"], "what is there, and in no state any more", () => {
  /** Deploys, has Terraform forget all of a stack, and deploys the same with `adopt`. */
  const forgetAndAdopt = async (before: Environment, after: Environment, ending: string): Promise<string> => {
    const rehearsal = rehearsalOf({ environment: before });
    await rehearsal.deploy();
    const forgetting = rehearsal.stack(ending);
    const { stdout } = await forgetting.terraform(["state", "list"]);
    const addresses = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("data."));
    await forgetting.terraform(["state", "rm", ...addresses]);
    rehearsal.resynthesize(after);
    const counts = await countsOf(rehearsal, ending);
    await rehearsal.deploy();
    await rehearsal.dropAdoption();
    await rehearsal.destroy();
    expect(rehearsal.clouds.leftovers()).toEqual([]);
    return counts.replace("Plan:", `${addresses.length} forgotten:`);
  };

  it("is every object of manifests, by one word", async () => {
    const environment = shipped("examples/manifests.yaml");
    const manifests = Object.fromEntries(
      Object.entries(environment.manifests).map(([key, entry]) => [key, { ...entry, adopt: true }]),
    );
    // The pull secret is made by no manifest: it is imported by its own word.
    const namespaces = Object.fromEntries(
      [...(placesOf(environment).values().next().value ?? [])].map(([name, place]) => [
        name,
        { ...place, adopt: place.madeBy === undefined, pullSecret: { ...place.pullSecret, adopt: true } },
      ]),
    );
    const counts = await forgetAndAdopt(environment, { ...environment, manifests, namespaces }, "-workload-onprem");
    expect(counts).toMatch(/^(\d+) forgotten: \1 to import, 0 to add, \d+ to change, 0 to destroy\.$/);
  });

  it("is the role of nodes", async () => {
    const yaml = (adopt: string) => `
registry: { name: acrnodes01, resourceGroup: nodes-rg, location: centralus, sku: Basic }
images: { web: { repository: shop/web, prebuilt: sha256:${"a".repeat(64)} } }
clusters: { aks: { aks: { name: nodes, resourceGroup: aks-rg }, pull: { managedIdentity: {${adopt}} } } }
workloads: { web: { image: web, clusters: [aks], port: 8080, runAsUser: 101 } }
`;
    const counts = await forgetAndAdopt(
      environmentFrom(yaml("")),
      environmentFrom(yaml(" adopt: true ")),
      "-identity-aks",
    );
    expect(counts).toBe("1 forgotten: 1 to import, 0 to add, 0 to change, 0 to destroy.");
  });
});

describe("what adopts nothing", () => {
  it.each(["environments/demo.yaml", "examples/pull-methods.yaml"])("%s is what it is without adoption", (file) => {
    const environment = shipped(file);
    expect(withoutAdoption(environment)).toEqual(environment);
  });
});

describeWithTools(["terraform"], "leaving, as docs/adoption.md says", () => {
  it("keeps all that runs, pulling, until its password ends", async () => {
    const rehearsal = rehearsalOf();
    await rehearsal.deploy();
    const { clouds } = rehearsal;
    const cluster = first(clouds.clusters);
    const before = clouds.leftovers();
    for (const stack of rehearsal.stacks.toReversed()) {
      const { stdout } = await stack.terraform(["state", "list"]);
      const addresses = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("data."));
      expect((await stack.terraform(["state", "rm", ...addresses])).code).toBe(0);
      await stack.destroy();
    }
    expect(clouds.leftovers()).toEqual(before);
    expect(cluster.restartPods().map(({ ok }) => ok)).toEqual([true]);
    const [secret] = cluster.secrets.values();
    const expires = Object.entries(secret?.metadata.annotations ?? {}).find(([key]) => key.endsWith("expires"))?.[1];
    clouds.clock.set(new Date(new Date(expires ?? "").getTime() - MINUTE_MS));
    expect(cluster.restartPods().map(({ ok }) => ok)).toEqual([true]);
    clouds.clock.advance(2 * MINUTE_MS);
    expect(cluster.restartPods().map(({ ok }) => ok)).toEqual([false]);
  });
});
