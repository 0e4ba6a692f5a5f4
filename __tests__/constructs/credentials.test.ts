import { TerraformOutput, type TerraformStack } from "cdktf";
import { ExistingSecret } from "../../constructs/existing-secret";
import { KubeletIdentity } from "../../constructs/kubelet-identity";
import { PasswordCredential } from "../../constructs/password-credential";
import type { PullCredential } from "../../constructs/pull-credential";
import { VaultCredential } from "../../constructs/vault-credential";
import { VaultDelivery, type VaultDeliveryProps } from "../../constructs/vault-delivery";
import { Construct } from "constructs";
import { address, dataSource, resource, resources, synthConstruct, types } from "../support/environment";
import { textMap } from "../support/text";

const SECRET = { username: "user", password: "secret", expires: "e", applyBefore: "b", warningDays: 7 };
const VAULT = { kind: "created", name: "shop-kv", resourceGroup: "shop-rg", location: "westeurope" } as const;

/** Grants two namespaces the right to pull. */
function granted(credential: PullCredential) {
  return synthConstruct((stack) => {
    for (const namespace of ["front", "back"]) {
      const target = { namespace, loginServer: "host", secret: { name: "pull", labels: {}, annotations: {} } };
      const name = credential.grant(new Construct(stack, namespace), target);
      new TerraformOutput(stack, `in_${namespace}`, { value: name ?? "none" });
    }
  });
}

describe("a password by cross-stack reference", () => {
  const credential = new PasswordCredential(SECRET);
  const stack = granted(credential);

  test("becomes a secret in each namespace", () => {
    const places = resources(stack, "kubernetes_secret_v1").map(({ metadata }) => metadata);
    expect(places).toMatchObject([
      { name: "pull", namespace: "back" },
      { name: "pull", namespace: "front" },
    ]);
  });

  test("has a deadline", () => {
    expect(credential.deadline).toMatchObject({ expires: "e", applyBefore: "b", warningDays: 7 });
  });
});

describe("a password through a key vault", () => {
  const stack = granted(
    new VaultCredential("user", { vaultId: "/vaults/kv", name: "pull-password", revision: 5 }, SECRET),
  );

  test("is read once, as an ephemeral resource", () => {
    expect(stack.text).toContain('"ephemeral"');
    expect(JSON.parse(stack.text)).toMatchObject({
      ephemeral: {
        azurerm_key_vault_secret: {
          "pull-password": { key_vault_id: "${local.vault_id}", name: "${local.vault_secret_name}" },
        },
      },
      locals: { vault_id: "/vaults/kv", vault_secret_name: "pull-password" },
    });
  });

  test("is written to a write-only argument, of secrets that never held it otherwise", () => {
    const secrets = resources(stack, "kubernetes_secret_v1");
    expect(secrets).toHaveLength(2);
    const data_wo_revision = '${parseint(substr(sha256(jsonencode(["host", "user", 5])), 0, 8), 16)}';
    for (const secret of secrets) {
      expect(secret).toMatchObject({ metadata: { name: "pull-vault" }, data_wo_revision });
      expect(secret).not.toHaveProperty("data");
      expect(Object.values(secret.data_wo as object).join()).toContain("sensitive(local.vault_password)");
    }
  });

  test("wants a Terraform that knows both", () => {
    expect(stack.json.terraform).toMatchObject({ required_version: ">= 1.11.0" });
  });
});

describe("delivery through a key vault", () => {
  const deliver = (vault: VaultDeliveryProps["vault"]) =>
    synthConstruct((stack: TerraformStack) => {
      new VaultDelivery(stack, "delivery", {
        vault,
        secret: SECRET,
        secretName: "demo-identity-blue",
        tags: textMap({ owner: "me" }),
      });
    });

  test("creates a vault with role-based access", () => {
    expect(resource(deliver(VAULT), "azurerm_key_vault")).toMatchObject({
      name: "shop-kv",
      resource_group_name: "shop-rg",
      location: "westeurope",
      rbac_authorization_enabled: true,
      tags: { owner: "me" },
    });
  });

  test("writes the password without leaving it in the state, again when it changes", () => {
    const stack = deliver(VAULT);
    const secret = resource(stack, "azurerm_key_vault_secret");
    expect(secret).toMatchObject({
      key_vault_id: `\${${address(stack, "azurerm_key_vault")}.id}`,
      name: "demo-identity-blue",
      value_wo: "secret",
      value_wo_version: expect.stringMatching(/^\$\{local\.delivery_revision_/) as unknown,
    });
    expect(secret).not.toHaveProperty("value");
    expect(Object.values(stack.json.locals ?? {})).toEqual([
      '${parseint(substr(sha256(jsonencode(["secret"])), 0, 8), 16)}',
    ]);
  });

  test("adopts a vault that exists", () => {
    const stack = deliver({ kind: "adopted", name: "shop-kv", resourceGroup: "shop-rg" });
    expect(types(stack)).toEqual(["azurerm_key_vault_secret", "data.azurerm_key_vault"]);
    expect(dataSource(stack, "azurerm_key_vault")).toEqual({ name: "shop-kv", resource_group_name: "shop-rg" });
  });
});

test("the nodes' own identity makes no secret, and pods name none", () => {
  const stack = granted(new KubeletIdentity());
  expect(types(stack)).toEqual([]);
  expect(stack.json.output?.in_front?.value).toBe("none");
});

test("an existing secret is named, and not made", () => {
  const stack = granted(new ExistingSecret("registry-credentials"));
  expect(types(stack)).toEqual([]);
  expect(stack.json.output?.in_front?.value).toBe("registry-credentials");
});
