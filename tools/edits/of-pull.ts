import { edit, type Edit } from "./edit";
import { BOUND, EXISTING, FEDERATED, NODES, PRINCIPAL, SERVED, TOKEN, groupId, workload } from "./files";
import { destroyAtLast, importInto } from "./todo";

const VAULT = { name: "contoso-vault", resourceGroup: "vault-rg", location: "westeurope" };
const ADOPTED_VAULT = { name: "contoso-vault", resourceGroup: "vault-rg", existing: true };
const VAULT_ID = `${groupId("vault-rg")}/providers/Microsoft.KeyVault/vaults/contoso-vault`;
const PRINCIPAL_BY_VAULT = { ...PRINCIPAL, keyVault: VAULT };
const TOKEN_BY_VAULT = { ...TOKEN, keyVault: VAULT };

const METHODS: readonly (readonly [from: string, pull: object, to: string, other: object])[] = [
  ["servicePrincipal", PRINCIPAL, "with `keyVault`", PRINCIPAL_BY_VAULT],
  ["servicePrincipal", PRINCIPAL, "`registryToken`", TOKEN],
  ["servicePrincipal", PRINCIPAL, "`managedIdentity`", NODES],
  ["federated", FEDERATED, "`servicePrincipal`", PRINCIPAL],
  ["federated", FEDERATED, "`servicePrincipal` with `keyVault`", PRINCIPAL_BY_VAULT],
  ["federated", FEDERATED, "`registryToken`", TOKEN],
  ["federated", FEDERATED, "`managedIdentity`", NODES],
  ["federated", FEDERATED, "`federated` with `acrPull`", BOUND],
  ["registryToken", TOKEN, "with `keyVault`", TOKEN_BY_VAULT],
  ["registryToken", TOKEN, "`managedIdentity`", NODES],
];

/** Edits of how a cluster pulls. */
export const OF_PULL: readonly Edit[] = [
  ...METHODS.flatMap(([from, pull, to, other]) => [
    edit(`pull: \`${from}\` → ${to}`, workload(pull), { "clusters.one.pull": other }),
    edit(`pull: ${to} → \`${from}\`${to.startsWith("with") ? " without" : ""}`, workload(other), {
      "clusters.one.pull": pull,
    }),
  ]),
  ...(
    [
      ["servicePrincipal", PRINCIPAL],
      ["managedIdentity", NODES],
      ["federated", FEDERATED],
    ] as const
  ).flatMap(([name, pull]) => [
    edit(
      `pull: \`${name}\` → \`existingSecret\``,
      workload(pull),
      { "clusters.one.pull": EXISTING },
      destroyAtLast("-identity-one"),
    ),
    edit(`pull: \`existingSecret\` → \`${name}\``, SERVED, { "clusters.one.pull": pull }),
  ]),
  edit("pull: `servicePrincipal` → `federated` with `formerly`", workload(PRINCIPAL), {
    "clusters.one.pull": { federated: { ...FEDERATED.federated, formerly: {} } },
  }),
  edit("`federated.formerly`, dropped", workload({ federated: { ...FEDERATED.federated, formerly: {} } }), {
    "clusters.one.pull": FEDERATED,
  }),
  edit("`federated.issuer`", workload(FEDERATED), {
    "clusters.one.pull.federated.issuer": "https://oidc.example.com/two",
  }),
  edit("`federated.serviceAccount`", workload(FEDERATED), { "clusters.one.pull.federated.serviceAccount": "puller" }),
  edit("key vault: made here → `existing`", workload(PRINCIPAL_BY_VAULT), {
    "clusters.one.pull.keyVault": ADOPTED_VAULT,
  }),
  edit(
    "key vault: `existing` → made here",
    workload({ ...PRINCIPAL, keyVault: ADOPTED_VAULT }),
    { "clusters.one.pull.keyVault": VAULT },
    importInto("-identity-one", { azurerm_key_vault: VAULT_ID }),
  ),
  edit("`servicePrincipal.name`", workload(PRINCIPAL), { "clusters.one.pull.servicePrincipal.name": "shop-pull" }),
  edit("`registryToken.name`", workload(TOKEN), { "clusters.one.pull.registryToken.name": "shop-pull" }),
  edit("`rotation.slots`, more", workload(PRINCIPAL), { "clusters.one.pull.servicePrincipal.rotation": { slots: 5 } }),
  edit("`rotation.slots`, fewer", workload(PRINCIPAL), { "clusters.one.pull.servicePrincipal.rotation": { slots: 3 } }),
  edit("`pullSecret`", workload(PRINCIPAL), { "clusters.one.pullSecret": "pull" }),
];
