import { silentName } from "../names";
import { KEY_RULE, key } from "../schema/common";
import { LONGEST_NAME } from "../schema/pull";
import { entriesOf, type Rule } from "./rule";

const IDENTITIES = ["servicePrincipal", "registryToken", "federated"] as const;

const fileName: Rule = {
  id: "name-of-file",
  about: "the file",
  message: `the file's name, without .yaml, ${KEY_RULE}`,
  check: ({ name }) => (key.safeParse(name).success ? [] : [{ path: [], showValue: false }]),
};

const silentNames: Rule = {
  id: "length-of-silent-name",
  about: IDENTITIES.map((method) => `clusters.<key>.pull.${method}.name`).join(", "),
  message: "is required: the default {name} is longer than {most} characters",
  check: ({ name, draft }) => {
    if (!key.safeParse(name).success) return [];
    return entriesOf(draft.clusters).flatMap(([cluster, { pull }]) =>
      IDENTITIES.filter((method) => pull?.[method] && !("name" in pull[method])).flatMap((method) => {
        const silent = silentName(name, cluster);
        const most = LONGEST_NAME[method];
        const path = ["clusters", cluster, "pull", method, "name"];
        return silent.length > most ? [{ path, values: { name: silent, most } }] : [];
      }),
    );
  },
};

export const nameRules = [fileName, silentNames];
