import { textOf } from "../text";
import { entriesOf, type Finding, type Rule } from "./rule";

/** Built-in roles that grant something on a registry: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers */
const ROLES = [
  "AcrPull",
  "AcrPush",
  "AcrDelete",
  "AcrImageSigner",
  "AcrQuarantineReader",
  "AcrQuarantineWriter",
  "Container Registry Repository Reader",
  "Container Registry Repository Writer",
  "Container Registry Repository Contributor",
  "Container Registry Repository Catalog Lister",
  "Reader",
  "Contributor",
  "Owner",
];

const METHODS = ["servicePrincipal", "federated"] as const;

const roleName: Rule = {
  id: "name-of-role",
  about: METHODS.map((method) => `clusters.<key>.pull.${method}.role`).join(", "),
  message: "must be written as Azure writes it",
  source: "https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers",
  check: ({ draft }) =>
    entriesOf(draft.clusters).flatMap(([key, { pull }]) =>
      METHODS.flatMap((method): Finding[] => {
        const written = pull?.[method]?.role;
        const role = written && textOf(written);
        const meant = role === undefined ? undefined : ROLES.find((name) => lettersOf(name) === lettersOf(role));
        if (meant === undefined || meant === role) return [];
        return [{ path: ["clusters", key, "pull", method, "role"], suggestion: `; did you mean "${meant}"?` }];
      }),
    ),
};

export const roleNameRules = [roleName];

/** What is left of a name however it is written. */
function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}
