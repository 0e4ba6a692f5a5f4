import { TerraformOutput } from "cdktf";
import { FederatedCredential, type FederatedCredentialProps } from "../../constructs/federated-credential";
import { FederatedIdentity, type FederatedIdentityProps } from "../../constructs/federated-identity";
import { goTemplate } from "../../constructs/go-template";
import { renderTemplate } from "../../rehearsal";
import { address, resource, resources, synthConstruct, types } from "../support/environment";
import { HOSTILE } from "../support/hostile";
import { text, texts } from "../support/text";

const IDENTITY: FederatedIdentityProps = {
  displayName: text("pull-edge"),
  registryId: "/registries/acrdemo2ss",
  issuer: "https://issuer.example.com",
  audience: "api://AzureADTokenExchange",
  namespaces: ["shop", "a"],
  serviceAccount: "acr-pull",
};

describe("an identity that tokens of a cluster speak for", () => {
  const stack = synthConstruct((scope) => {
    const { clientId, tenantId } = new FederatedIdentity(scope, "pull-identity", IDENTITY);
    new TerraformOutput(scope, "client", { value: clientId });
    new TerraformOutput(scope, "tenant", { value: tenantId });
  });

  test("is application, principal, role and trust: no password, no clock", () => {
    expect(types(stack)).toEqual([
      "azuread_application",
      "azuread_application_federated_identity_credential",
      "azuread_service_principal",
      "azurerm_role_assignment",
      "data.azuread_client_config",
    ]);
    expect(stack.json.variable).toBeUndefined();
    expect(stack.json.locals).toBeUndefined();
  });

  test("trusts one service account in each namespace", () => {
    const application_id = `\${${address(stack, "azuread_application")}.id}`;
    const trusted = resources(stack, "azuread_application_federated_identity_credential");
    expect(trusted).toEqual(
      ["a", "shop"].map((namespace) => ({
        application_id,
        display_name: `pull-${namespace}`,
        description: `The pull secret of namespace ${namespace}.`,
        issuer: "https://issuer.example.com",
        subject: `system:serviceaccount:${namespace}:acr-pull`,
        audiences: ["api://AzureADTokenExchange"],
      })),
    );
  });
});

const CREDENTIAL: FederatedCredentialProps = {
  controller: "externalSecrets",
  serviceAccount: "acr-pull",
  clientId: "client",
  tenantId: "tenant",
  cloud: "public",
  repositories: ["shop/web", "shop/api", "shop/web"],
};

function granted(props: Partial<FederatedCredentialProps>, annotations: Readonly<Record<string, string>> = {}) {
  return synthConstruct((stack) => {
    const secret = { name: "login", labels: { team: "shop" }, annotations: texts(annotations) };
    const credential = new FederatedCredential({ ...CREDENTIAL, ...props });
    const name = credential.grant(stack, { namespace: "shop", loginServer: "host", secret });
    new TerraformOutput(stack, "name", { value: name });
  });
}

const manifests = (stack: ReturnType<typeof granted>) =>
  Object.fromEntries(
    resources(stack, "kubernetes_manifest").map(({ manifest, ...rest }) => {
      const { kind, ...object } = manifest as { kind: string };
      return [kind, { object, ...rest }];
    }),
  );

describe("a secret by External Secrets Operator", () => {
  const stack = granted({}, { note: "as {{ .password }} says" });
  const account = `\${${address(stack, "kubernetes_service_account_v1")}.metadata[0].name}`;

  test("has a service account with both annotations, which no pod is given a token of", () => {
    expect(resource(stack, "kubernetes_service_account_v1")).toEqual({
      metadata: {
        name: "acr-pull",
        namespace: "shop",
        annotations: { "azure.workload.identity/client-id": "client", "azure.workload.identity/tenant-id": "tenant" },
      },
      automount_service_account_token: false,
      lifecycle: { ignore_changes: ["image_pull_secret"] },
    });
  });

  test("comes from a generator that asks for a token of that account, and leaves the audience to the operator", () => {
    expect(manifests(stack).ACRAccessToken).toEqual({
      object: {
        apiVersion: "generators.external-secrets.io/v1alpha1",
        metadata: { name: "login-federated", namespace: "shop" },
        spec: {
          registry: "host",
          tenantId: "tenant",
          environmentType: "PublicCloud",
          auth: { workloadIdentity: { serviceAccountRef: { name: account } } },
        },
      },
    });
  });

  test("is waited for, renewed each hour, and of the form that kubectl writes", () => {
    const { object, wait } = manifests(stack).ExternalSecret as {
      object: { spec: { refreshInterval: string; target: { template: { data: Record<string, string> } } } };
      wait: unknown;
    };
    expect(wait).toEqual({ condition: [{ type: "Ready", status: "True" }] });
    expect(object.spec.refreshInterval).toBe("1h0m0s");
    const template = object.spec.target.template.data[".dockerconfigjson"] ?? "";
    expect(JSON.parse(renderTemplate(template, { username: "u", password: "p" }))).toEqual({
      auths: { host: { username: "u", password: "p", auth: Buffer.from("u:p").toString("base64") } },
    });
  });

  test("has labels, and annotations that render to what was written", () => {
    const { object } = manifests(stack).ExternalSecret as {
      object: { spec: { target: { template: { metadata: { labels: unknown; annotations: { note: string } } } } } };
    };
    const { labels, annotations } = object.spec.target.template.metadata;
    expect(labels).toEqual({ team: "shop" });
    expect(renderTemplate(annotations.note, { password: "p" })).toBe("as {{ .password }} says");
  });
});

describe("a secret by msi-acrpull", () => {
  const stack = granted({ controller: "acrPull", cloud: "china" });

  test("comes from a binding that names every repository once, with the account both times", () => {
    const account = `\${${address(stack, "kubernetes_service_account_v1")}.metadata[0].name}`;
    expect(manifests(stack).AcrPullBinding).toEqual({
      object: {
        apiVersion: "acrpull.microsoft.com/v1beta2",
        metadata: { name: "login", namespace: "shop" },
        spec: {
          acr: {
            server: "host",
            environment: "ChinaCloud",
            scope: "repository:shop/api:pull repository:shop/web:pull",
          },
          auth: { workloadIdentity: { serviceAccountRef: account, clientID: "client", tenantID: "tenant" } },
          serviceAccountName: account,
        },
      },
      wait: { fields: { "status.tokenExpirationTime": "^[0-9]" } },
    });
  });

  test("is called as the controller calls it", () => {
    const output = stack.json.output?.name as { value: string };
    expect(output.value).toBe(`acr-pull-\${${address(stack, "kubernetes_manifest")}.object.metadata.name}`);
  });
});

test.each([...HOSTILE, "{{ .password }}", "{{{ .password }}}", '{{"{{"}}', "{{- x -}}", "{", "}}"])(
  "%s is text for a template of Go",
  (value) => {
    expect(renderTemplate(goTemplate(value), { password: "p" })).toBe(value);
  },
);
