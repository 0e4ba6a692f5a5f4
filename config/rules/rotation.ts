import type { Draft } from "../parse";
import type { Rotation } from "../environment";
import { entriesOf, type Finding, type Rule, type RuleContext } from "./rule";

const METHODS = ["servicePrincipal", "registryToken", "federated"] as const;

function aboutOf(key: string): string {
  const pulls = ["<method>", "federated.formerly"].map((method) => `clusters.<key>.pull.${method}.rotation.${key}`);
  return [...pulls, `registry.tokens.<key>.rotation.${key}`].join(", ");
}

const lag: Rule = {
  id: "rotation-lag",
  about: aboutOf("lag"),
  message: "must be at most slots - 2 = {most}",
  check: (context) =>
    rotations(context, ({ slots, lag: own }, path) =>
      slots !== undefined && own !== undefined && own > slots - 2
        ? [{ path: [...path, "lag"], values: { most: slots - 2 } }]
        : [],
    ),
};

const lifetime: Rule = {
  id: "rotation-lifetime",
  about: aboutOf("periodDays"),
  message:
    "makes passwords live (slots + 1) x periodDays = {lifetime} days, over maximumLifetimeDays = {maximumLifetimeDays}",
  check: (context) =>
    rotations(context, ({ periodDays, slots, maximumLifetimeDays }, path) => {
      if (periodDays === undefined || slots === undefined || maximumLifetimeDays === undefined) return [];
      const days = (slots + 1) * periodDays;
      if (days <= maximumLifetimeDays) return [];
      return [{ path: [...path, "periodDays"], values: { lifetime: days, maximumLifetimeDays } }];
    }),
};

const lagOfTokens: Rule = {
  id: "rotation-lag-of-tokens",
  about: "clusters.<key>.pull.registryToken.rotation.lag, registry.tokens.<key>.rotation.lag",
  message: "must be at least 1: while a slot is renewed, its token has no password",
  check: (context) =>
    rotations(context, ({ lag: own }, path, method) =>
      method === "registryToken" && own !== undefined && own < 1 ? [{ path: [...path, "lag"] }] : [],
    ),
};

export const rotationRules = [lag, lifetime, lagOfTokens];

function rotations(
  { draft }: RuleContext,
  check: (rotation: Draft<Rotation>, path: string[], method: (typeof METHODS)[number]) => Finding[],
): Finding[] {
  const outside = entriesOf(draft.registry?.tokens).flatMap(([key, { rotation }]) =>
    rotation ? check(rotation, ["registry", "tokens", key, "rotation"], "registryToken") : [],
  );
  const ofClusters = entriesOf(draft.clusters).flatMap(([key, { pull }]) =>
    METHODS.flatMap((method) => {
      const path = ["clusters", key, "pull", method];
      if (method === "federated") {
        const formerly = pull?.federated?.formerly?.rotation;
        return formerly ? check(formerly, [...path, "formerly", "rotation"], method) : [];
      }
      const rotation = pull?.[method]?.rotation;
      return rotation ? check(rotation, [...path, "rotation"], method) : [];
    }),
  );
  return [...outside, ...ofClusters];
}
