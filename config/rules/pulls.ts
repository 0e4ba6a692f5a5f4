import type { Draft } from "../parse";
import type { WrittenCluster } from "../schema/environment";
import { methods } from "../schema/pull";
import { entriesOf, type Finding, type Rule, type RuleContext } from "./rule";

/** Methods with a password, which a key vault can hold. */
const PASSWORD_METHODS: readonly string[] = ["servicePrincipal", "registryToken"];

const nodesIdentity: Rule = {
  id: "identity-of-nodes",
  about: "clusters.<key>.pull.managedIdentity.objectId",
  message: "is required where the cluster is not reached by aks",
  check: (context) =>
    clusters(context, (cluster, path) => {
      const identity = cluster.pull?.managedIdentity;
      return identity && !("objectId" in identity) && !("aks" in cluster)
        ? [{ path: [...path, "pull", "managedIdentity", "objectId"] }]
        : [];
    }),
};

const pullSecret: Rule = {
  id: "name-of-pull-secret",
  about: "clusters.<key>.pullSecret",
  message: "must be left out: no pull secret is made",
  check: (context) =>
    clusters(context, ({ pull, pullSecret: name }, path) =>
      name !== undefined && (pull?.managedIdentity ?? pull?.existingSecret) ? [{ path: [...path, "pullSecret"] }] : [],
    ),
};

const vaultOfCreator: Rule = {
  id: "created-vault",
  about: "clusters.<key>.pull.keyVault.location",
  message: "is required to create a vault",
  check: (context) => vaults(context, ({ existing, ...vault }) => existing === false && !("location" in vault)),
};

const adoptedVault: Rule = {
  id: "adopted-vault",
  about: "clusters.<key>.pull.keyVault.location",
  message: "must be left out: the vault is adopted (existing: true)",
  check: (context) => vaults(context, ({ existing, location }) => existing === true && location !== undefined),
};

const vaultWithoutPassword: Rule = {
  id: "vault-without-password",
  about: "clusters.<key>.pull.keyVault",
  message: "must be left out: {method} has no password",
  check: (context) =>
    clusters(context, ({ pull }, path) => {
      const [method, second] = Object.keys(methods).filter((key) => pull?.[key as keyof typeof methods] !== undefined);
      if (!pull?.keyVault || second !== undefined) return [];
      return method === undefined || PASSWORD_METHODS.includes(method)
        ? []
        : [{ path: [...path, "pull", "keyVault"], values: { method } }];
    }),
};

export const pullRules = [nodesIdentity, pullSecret, vaultOfCreator, adoptedVault, vaultWithoutPassword];

type DraftCluster = Draft<WrittenCluster>;
type DraftVault = NonNullable<NonNullable<DraftCluster["pull"]>["keyVault"]>;

function clusters({ draft }: RuleContext, check: (cluster: DraftCluster, path: string[]) => Finding[]): Finding[] {
  return entriesOf(draft.clusters).flatMap(([key, cluster]) => check(cluster, ["clusters", key]));
}

function vaults(context: RuleContext, isWrong: (vault: DraftVault) => boolean): Finding[] {
  return clusters(context, ({ pull }, path) =>
    pull?.keyVault && isWrong(pull.keyVault) ? [{ path: [...path, "pull", "keyVault", "location"] }] : [],
  );
}
