import type { Clouds } from "../../../rehearsal/clouds";
import { SUBSCRIPTION } from "../../../rehearsal/subscription";
import { deployment as deploymentOf, HOST, REPOSITORY } from "../clouds/world";
import { all, remove, rewrite, set, type Edit } from "./edits";
import { adopted, virtual } from "./environments";
import { ROLE } from "./identity";
import type { Mistake } from "./mistake";

const SECRET = "resource/kubernetes_secret_v1/*";
const DOCKER_CONFIG = `${SECRET}/data/.dockerconfigjson`;
const DEPLOYMENT = "resource/kubernetes_deployment_v1/*";
const POD = `${DEPLOYMENT}/spec/template/spec`;
const IMAGE = `${POD}/container/0/image`;
const PULL_SECRET = `${POD}/image_pull_secrets/0/name`;
const USERNAME_OUTPUT =
  /("cross-stack-output-azuread_application[\w-]+client_id": \{\s+"sensitive": true,\s+"value": )"[^"]*"/;

const deployment = /^kubernetes_deployment_v1\.workloads_acr-app2_deployment_/;
const secret = /^kubernetes_secret_v1\.namespaces_default_pull-secret_/;
const PULL = { stack: "workload", step: "apply", address: deployment } as const;

const dockerConfig = (change: (expression: string) => string): Edit => rewrite(DOCKER_CONFIG, change);
const serverIs = (server: string): Edit =>
  dockerConfig((text) => text.replace(/jsonencode\(data\.[^)]*login_server\)/, `jsonencode("${server}")`));

/** Makes the identity stack hand out another user name. */
const usernameIs =
  (value: string): Edit =>
  (json) => {
    const id = /"azuread_service_principal": \{\s+"([^"]+)"/.exec(json)?.[1] ?? "";
    return json.replace(USERNAME_OUTPUT, `$1"${value.replace("<principal>", `azuread_service_principal.${id}`)}"`);
  };

const applicationsOf = ({ entra }: Clouds) => [...entra.applications.values()];

const pullSecret: readonly Mistake[] = [
  {
    what: "the pull secret lies in another namespace than the pods",
    edit: { workload: set(`${SECRET}/metadata/namespace`, "kube-public") },
    ...PULL,
    reason: /secret "acrdemo2ss-secret" not found in namespace "default"; .*no credentials were sent/,
  },
  {
    what: "the pull secret is for another server",
    edit: { workload: serverIs("otherregistry.azurecr.io") },
    ...PULL,
    reason: /holds credentials for otherregistry\.azurecr\.io, the image's host is acrdemo2ss\.azurecr\.io/,
  },
  {
    what: "the server is a token of cdktf that nobody resolved",
    edit: { workload: serverIs("undefined") },
    ...PULL,
    reason: /holds credentials for undefined, the image's host is acrdemo2ss\.azurecr\.io/,
  },
  {
    what: "user name and password are swapped in `auth`",
    edit: {
      workload: dockerConfig((text) =>
        text.replace(/join\(":", \[(.+?), (sensitive\(.+?\))]\)/, 'join(":", [$2, $1])'),
      ),
    },
    ...PULL,
    reason: /unauthorized: .*AADSTS700016: Application with identifier '.{3}8Q~/,
  },
  {
    what: "`auth` is not base64 of user name and password",
    edit: { workload: dockerConfig((text) => text.replace(/base64encode\((join\(":".+?\]\))\)/, "$1")) },
    ...PULL,
    reason: /malformed auth for acrdemo2ss\.azurecr\.io: it must be base64 of username:password/,
  },
  {
    what: "the data is encoded twice",
    edit: { workload: dockerConfig((text) => text.replace(/^\$\{(.*)}$/s, "${base64encode($1)}")) },
    ...{ stack: "workload", step: "apply", address: secret },
    reason:
      /data\[\.dockerconfigjson]: Invalid value: "<secret contents redacted>": it is base64 of JSON: encoded twice/,
  },
  {
    what: "the data is no JSON",
    edit: { workload: set(DOCKER_CONFIG, "acrdemo2ss.azurecr.io") },
    ...{ stack: "workload", step: "apply", address: secret },
    reason: /data\[\.dockerconfigjson]: Invalid value: .*it is not a JSON object/,
  },
  {
    what: "the key is that of the old format",
    edit: { workload: (json) => json.replace('".dockerconfigjson"', '".dockercfg"') },
    ...{ stack: "workload", step: "apply", address: secret },
    reason: /data\[\.dockerconfigjson]: Required value/,
  },
  {
    what: "the pull secret has another type",
    edit: { workload: set(`${SECRET}/type`, "Opaque") },
    ...PULL,
    reason: /has type "Opaque", a kubelet reads kubernetes\.io\/dockerconfigjson only/,
  },
  {
    what: "the pods name no pull secret",
    edit: { workload: remove(`${POD}/image_pull_secrets`) },
    ...PULL,
    reason: /pulled as anonymous: unauthorized: authentication required: no credentials were sent/,
  },
  {
    what: "the pods name the pull secret by a literal that is misspelt",
    edit: { workload: set(PULL_SECRET, "acrdemo2ss-secrets") },
    ...PULL,
    reason: /secret "acrdemo2ss-secrets" not found in namespace "default"/,
  },
  {
    what: "the pods name the pull secret by a literal, and it is made after them",
    edit: {
      workload: (json) => {
        const id = /"kubernetes_deployment_v1": \{\s+"([^"]+)"/.exec(json)?.[1] ?? "";
        return all(
          set(PULL_SECRET, "acrdemo2ss-secret"),
          set(`${SECRET}/depends_on`, [`kubernetes_deployment_v1.${id}`]),
        )(json);
      },
    },
    ...PULL,
    reason: /secret "acrdemo2ss-secret" not found in namespace "default"/,
  },
  {
    what: "a pull secret of this name is there already",
    event: ({ clusters }) => {
      clusters[0]?.secrets.create({ metadata: { namespace: "default", name: "acrdemo2ss-secret" } });
    },
    ...{ stack: "workload", step: "apply", address: secret },
    reason: /secrets "acrdemo2ss-secret" already exists/,
  },
];

const credential: readonly Mistake[] = [
  {
    what: "the user name is the object id of the principal",
    edit: { identity: usernameIs("${<principal>.object_id}") },
    ...PULL,
    reason: /AADSTS700016: Application with identifier '[0-9a-f-]{36}' was not found in the directory/,
  },
  {
    what: "the user name is that of the admin user, who is disabled",
    edit: { identity: usernameIs("acrdemo2ss") },
    ...PULL,
    reason: /the admin user of registry "acrdemo2ss" is disabled/,
  },
  {
    what: "somebody deleted the passwords",
    event: (clouds) => {
      for (const { passwords } of applicationsOf(clouds)) passwords.splice(0);
    },
    ...PULL,
    reason: /AADSTS7000215: Invalid client secret provided/,
  },
  {
    what: "the passwords are not known everywhere yet",
    event: ({ entra }) => {
      entra.replicationLagMs = 10_000;
    },
    ...PULL,
    reason: /AADSTS700016: Application with identifier/,
  },
  {
    what: "the passwords become valid later",
    edit: {
      identity: (json) => json.replaceAll('"display_name": "slot-', '"start_date": "2026-02-01T00:00:00Z", $&'),
    },
    ...PULL,
    reason: /AADSTS7000215: .* It becomes valid at 2026-02-01T00:00:00\.000Z/,
  },
  {
    what: "identity was applied for the last time more than a year ago",
    event: ({ clock }) => {
      clock.set(new Date("2027-02-01T00:00:00Z"));
    },
    ...PULL,
    reason: /AADSTS7000222: .* are expired\. Password "slot-\d" ended at 2026-/,
  },
  {
    what: "somebody deleted the service principal",
    event: ({ entra }) => {
      entra.principals.clear();
    },
    ...PULL,
    reason: /AADSTS7000229: .* is missing service principal in the tenant/,
  },
  {
    what: "the identity stack was never applied",
    leavesOut: "identity",
    ...{ stack: "workload", step: "plan", address: /^data\.terraform_remote_state\..*demo-identity-aksdemo2$/ },
    reason: /Unable to find remote state/,
  },
  {
    what: "an output that the workload stack reads is renamed in the identity stack",
    edit: { identity: (json) => json.replaceAll("_active-password_", "_current-password_") },
    ...{ stack: "workload", step: "plan" },
    reason: /Unsupported attribute.*does not have an attribute named.*active-password/s,
  },
];

const role: readonly Mistake[] = [
  {
    what: "the principal has no role",
    edit: { identity: remove("resource/azurerm_role_assignment") },
    ...PULL,
    reason: /denied: .*has no role that pulls "app2\/acr-app2" from registry "acrdemo2ss"; it needs AcrPull/,
  },
  {
    what: "the role is one that does not pull",
    edit: { identity: set(`${ROLE}/role_definition_name`, "AcrDelete") },
    ...PULL,
    reason: /denied: .*it needs AcrPull/,
  },
  {
    what: "the role is for the client id, and Azure is told not to look it up",
    edit: { identity: rewrite(`${ROLE}/principal_id`, (id) => id.replace(".object_id", ".client_id")) },
    ...PULL,
    reason: /denied: .*it needs AcrPull/,
  },
  {
    what: "the role is on another resource group",
    given: ({ arm }) => arm.createGroup(SUBSCRIPTION, "other-rg", "centralus"),
    edit: { identity: set(`${ROLE}/scope`, `/subscriptions/${SUBSCRIPTION}/resourceGroups/other-rg`) },
    ...PULL,
    reason: /denied: .*it needs AcrPull/,
  },
  {
    what: "somebody took the role away",
    event: ({ arm }) => {
      for (const { id } of arm.roles.all()) arm.roles.delete(id);
    },
    ...PULL,
    reason: /denied: .*it needs AcrPull/,
  },
  {
    what: "a registry that grants by repository gets AcrPull",
    environment: adopted,
    edit: { identity: set(`${ROLE}/role_definition_name`, "AcrPull") },
    ...PULL,
    reason: /it needs Container Registry Repository Reader \(the registry is in ABAC mode\)/,
  },
  {
    what: "the condition allows another repository",
    environment: adopted,
    edit: { identity: rewrite(`${ROLE}/condition`, (text) => text.replace("'team-a/web'", "'team-b/web'")) },
    ...PULL,
    reason: /has no role that pulls "team-a\/web"/,
  },
];

const image: readonly Mistake[] = [
  {
    what: "the image's digest is unknown to the registry",
    edit: { workload: rewrite(IMAGE, (name) => name.replace(/@.*/, `@sha256:${"0".repeat(64)}`)) },
    ...PULL,
    reason: /manifest unknown: manifest sha256:0{64} is not found/,
  },
  {
    what: "the image is in another repository",
    edit: { workload: rewrite(IMAGE, (name) => name.replace("acr-app2@", "acr-app3@")) },
    ...PULL,
    reason: /name unknown: repository "app2\/acr-app3" is not found/,
  },
  {
    what: "the image goes by a tag that was deleted",
    edit: { workload: rewrite(IMAGE, (name) => name.replace(/@.*/, ":v1")) },
    event: ({ registries }) => {
      registries.deleteManifest(HOST, REPOSITORY, registries.digestOf(HOST, REPOSITORY, "v1") ?? "");
    },
    ...PULL,
    reason: /manifest unknown: manifest tagged by "v1" is not found/,
  },
  {
    what: "a clean-up deleted the manifest",
    event: ({ registries }) => {
      registries.deleteManifest(HOST, REPOSITORY, registries.digestOf(HOST, REPOSITORY, "v1") ?? "");
    },
    ...PULL,
    reason: /manifest unknown: manifest sha256:[0-9a-f]{64} is not found/,
  },
  {
    what: "the image is built, and never pushed",
    edit: {
      images: all(remove("resource/docker_registry_image"), remove("output")),
      workload: rewrite(IMAGE, (name) => name.replace(/@.*/, ":v1")),
    },
    ...PULL,
    reason: /name unknown: repository "app2\/acr-app2" is not found/,
  },
  {
    what: "the image comes from another registry",
    edit: { workload: rewrite(IMAGE, (name) => name.replace(/^\$\{[^}]+}/, "otherregistry.azurecr.io")) },
    ...PULL,
    reason:
      /holds credentials for acrdemo2ss\.azurecr\.io, the image's host is otherregistry\.azurecr\.io.*no such host/,
  },
  {
    what: "the image's name begins with https://",
    edit: { workload: rewrite(IMAGE, (name) => `https://${name}`) },
    ...PULL,
    reason: /InvalidImageName: .*couldn't parse image name "https:\/\/acrdemo2ss\.azurecr\.io/,
  },
  {
    what: "the registry is gone",
    event: ({ arm }) => {
      for (const { id } of arm.registries.values()) arm.deleteResource(id);
    },
    ...PULL,
    reason: /dial tcp: lookup acrdemo2ss\.azurecr\.io: no such host/,
  },
  {
    what: "the images stack was never applied",
    leavesOut: "images",
    ...{ stack: "workload", step: "plan", address: /^data\.terraform_remote_state\..*demo-images$/ },
    reason: /Unable to find remote state/,
  },
];

const pod: readonly Mistake[] = [
  {
    what: "the namespace is a literal that nobody creates",
    edit: { workload: set(`${SECRET}/metadata/namespace`, "shop") },
    ...{ stack: "workload", step: "apply", address: secret },
    reason: /namespaces "shop" not found/,
  },
  {
    what: "the namespace is restricted, and the container is not",
    given: ({ clusters }) => {
      const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
      clusters[0]?.namespaces.replace({ metadata: { name: "default", labels } });
    },
    edit: { workload: remove(`${POD}/container/0/security_context`) },
    ...PULL,
    reason:
      /exceeded its progress deadline\n.*FailedCreate: .*violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false/s,
  },
  {
    what: "the pods want a virtual node, and do not tolerate its taint",
    environment: virtual,
    edit: { workload: remove(`${POD}/toleration`) },
    ...PULL,
    reason: /Unschedulable: 0\/2 nodes are available: .*had untolerated taint \{virtual-kubelet\.io\/provider: azure}/,
  },
  {
    what: "the pods select nodes that there are not",
    edit: { workload: set(`${POD}/node_selector`, { "kubernetes.io/os": "windows" }) },
    ...PULL,
    reason: /Unschedulable: 0\/1 nodes are available: 1 node\(s\) didn't match Pod's node affinity\/selector/,
  },
  {
    what: "the Deployment would not find its own pods",
    edit: { workload: set(`${DEPLOYMENT}/spec/selector/match_labels`, { app: "acr-app2" }) },
    ...PULL,
    reason: /`selector` does not match template `labels`/,
  },
  {
    what: "a Deployment of this name is there already",
    event: ({ clusters }) => {
      const theirs = deploymentOf({ name: "acr-app2", replicas: 0 });
      clusters[0]?.createDeployment(theirs);
    },
    ...PULL,
    reason: /deployments\.apps "acr-app2" already exists/,
  },
  {
    what: "the kubeconfig has no such context",
    edit: { workload: set("provider/kubernetes/0/config_context", "aksdemo3") },
    ...{ stack: "workload", step: "plan" },
    reason: /context "?aksdemo3"? does not exist/,
  },
  {
    what: "the workload stack has a docker resource, and whoever runs it has no daemon",
    edit: {
      workload: all(
        set("terraform/required_providers/docker", { source: "kreuzwerker/docker", version: "3.6.2" }),
        set("resource/docker_image", { base: { name: "nginx:1.28.0" } }),
      ),
    },
    event: ({ docker }) => {
      docker.available = false;
    },
    ...{ stack: "workload", step: "plan" },
    reason: /Error pinging Docker server: Cannot connect to the Docker daemon/,
  },
];

export const workloadMistakes = [...pullSecret, ...credential, ...role, ...image, ...pod];
