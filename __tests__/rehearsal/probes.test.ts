import type { Environment } from "../../config";
import type { NewObject } from "../../rehearsal/clouds/kubernetes/api-object";
import { KINDS } from "../../rehearsal/clouds/kubernetes/kinds";
import { Rehearsal } from "../../rehearsal/rehearsal";
import { rehearse } from "../../rehearsal/rehearse";
import { formatReport } from "../../rehearsal/report";
import { environmentFrom } from "../support/environment";
import { PROJECT } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { set, type Edit } from "./mistakes/edits";
import { NOON } from "./rehearsals";

const PULL_SECRET_ALONE = `
registry: { name: sharedregistry, resourceGroup: rg, existing: true }
clusters:
  onprem: { kubeconfig: {}, pull: { servicePrincipal: {} } }
namespaces:
  shop: { existing: true, clusters: [onprem] }
  tools: { clusters: [onprem], serviceAccounts: [default, builder] }
`;

/** What a rehearsal fails with, after a change of the stack whose name ends so. */
async function failureOf(environment: Environment, ending: string, edit: Edit): Promise<string> {
  const mutate = (stack: string, json: string) => (stack.endsWith(ending) ? edit(json) : json);
  const rehearsal = new Rehearsal({ environment, projectDirectory: PROJECT, now: NOON, mutate });
  try {
    await rehearsal.deploy();
    return "";
  } catch (error) {
    return (error as Error).message;
  } finally {
    rehearsal.close();
  }
}

interface Account extends NewObject {
  readonly automountServiceAccountToken?: boolean;
}

const report = (yaml: string) =>
  rehearse({ environment: environmentFrom(yaml), file: "", projectDirectory: PROJECT, now: NOON, renderer: "silent" });

describeWithTools(["terraform"], "pods that the file does not deploy", () => {
  it("pull in each namespace by the secret and by its service accounts, and nothing is left", async () => {
    const passed = await report(PULL_SECRET_ALONE);
    expect(passed).toMatchObject({ passed: true, warnings: [], leftovers: [] });
    expect(passed.story?.probes?.map(({ namespace, by }) => `${namespace} ${by}`)).toEqual([
      "shop secret sharedregistry-secret",
      "tools secret sharedregistry-secret",
      "tools service account default",
      "tools service account builder",
    ]);
    expect(passed.story?.images).toEqual([]);
    expect(formatReport(passed)).toContain(
      "probe    onprem: a pod of others in shop pulls by secret sharedregistry-secret\n",
    );
  });

  it.each([
    ["a key vault", "{ servicePrincipal: {}, keyVault: { name: kv-one, resourceGroup: rg, existing: true } }"],
    ["nodes that pull by themselves", "{ managedIdentity: { objectId: 11111111-2222-3333-4444-555555555555 } }"],
    ["a secret that somebody else keeps", "{ existingSecret: { name: theirs } }"],
  ])("pull by %s", async (_title, pull) => {
    const passed = await report(PULL_SECRET_ALONE.replace("{ servicePrincipal: {} }", pull));
    expect(passed).toMatchObject({ passed: true, leftovers: [] });
    expect(passed.story?.probes).toHaveLength(4);
  });

  it("pull what a token is granted", async () => {
    const yaml = PULL_SECRET_ALONE.replace("servicePrincipal", "registryToken").replace(
      "shop: {",
      "shop: { repositories: [shop/web],",
    );
    expect(await report(yaml)).toMatchObject({ passed: true });
  });

  it.each<[title: string, ending: string, edit: Edit, reason: RegExp]>([
    [
      "the role is one that does not pull",
      "-identity-onprem",
      set("resource/azurerm_role_assignment/*/role_definition_name", "Key Vault Secrets User"),
      /^demo-workload-onprem: probe: a pod of others in namespace shop cannot pull by secret sharedregistry-secret\n.*has no role that pulls "acr-pull\/rehearsal" from registry "sharedregistry"/s,
    ],
    [
      "the secret lies in another namespace",
      "-workload-onprem",
      set("resource/kubernetes_secret_v1/*/metadata/namespace", "kube-public"),
      /probe: a pod of others in namespace shop cannot pull by .*secret "sharedregistry-secret" not found/s,
    ],
    [
      "a service account has another secret",
      "-workload-onprem",
      set("resource/kubernetes_service_account_v1/*/image_pull_secret/0/name", "other"),
      /probe: a pod of others in namespace tools cannot pull by service account builder\n.*secret "other" not found/s,
    ],
    [
      "the default account has another secret",
      "-workload-onprem",
      set("resource/kubernetes_default_service_account_v1/*/image_pull_secret/0/name", "other"),
      /cannot pull by service account default\n.*secret "other" not found/s,
    ],
  ])("cannot pull where %s", async (_title, ending, edit, reason) => {
    expect(await failureOf(environmentFrom(PULL_SECRET_ALONE), ending, edit)).toMatch(reason);
  });

  it("have the token of somebody else's default account as before", async () => {
    const environment = environmentFrom(
      PULL_SECRET_ALONE.replace("[onprem] }\n  tools", "[onprem], serviceAccounts: [default] }\n  tools"),
    );
    const rehearsal = new Rehearsal({ environment, projectDirectory: PROJECT, now: NOON });
    const accounts = rehearsal.world.clusters[0]?.cluster.api.of<Account>(KINDS.serviceAccount);
    const account = () => accounts?.get("shop", "default");
    accounts?.replace({ metadata: { namespace: "shop", name: "default" }, automountServiceAccountToken: false });
    await rehearsal.deploy();
    rehearsal.close();
    expect(account()).toMatchObject({
      automountServiceAccountToken: false,
      imagePullSecrets: [{ name: "sharedregistry-secret" }],
    });
  });

  it("cannot make an account that somebody else has made", async () => {
    const environment = environmentFrom(
      PULL_SECRET_ALONE.replace("[onprem] }\n  tools", "[onprem], serviceAccounts: [builder] }\n  tools"),
    );
    const rehearsal = new Rehearsal({ environment, projectDirectory: PROJECT, now: NOON });
    const [onprem] = rehearsal.world.clusters;
    const { api } = onprem?.cluster ?? {};
    const kind = api?.namespaced.find((one) => one.kind.kind === "ServiceAccount");
    kind?.create({ metadata: { namespace: "shop", name: "builder" } });
    const failure = await rehearsal.deploy().then(
      () => "",
      (error: unknown) => String(error),
    );
    rehearsal.close();
    expect(failure).toMatch(/apply: .*serviceaccounts "builder" already exists/);
  });

  it("finds a cluster that has passwords and no secret", async () => {
    const yaml = PULL_SECRET_ALONE.replace(
      "namespaces:",
      "  idle: { kubeconfig: {}, pull: { servicePrincipal: {} } }\nnamespaces:",
    );
    const found = await report(yaml);
    expect(found.warnings).toEqual(["idle pulls nothing: no namespace has its pull secret"]);
    expect(formatReport(found)).toMatch(/^pull {5}idle pulls nothing$/m);
  });
});
