import { DIFFERENCES, sidesOf } from "../provider-versions";
import type { Finding, Rule } from "./rule";

const { replicaRouting } = DIFFERENCES;

/** What is emitted would suit only some of the versions. */
const oneSide: Rule = {
  id: "one-major",
  about: `providers.${replicaRouting.provider}`,
  message:
    "must allow one side of {version} alone, since {about} has another argument from there on: add < {version} or >= {version}",
  source: replicaRouting.source,
  check: ({ draft: { registry }, environment: { providers } }): Finding[] => {
    if (!registry?.georeplications || !providers) return [];
    const { provider, since, about } = replicaRouting;
    const { before, after } = sidesOf(replicaRouting, providers);
    return before && after ? [{ path: ["providers", provider], values: { version: `${since}.0.0`, about } }] : [];
  },
};

export const providerVersionRules = [oneSide];
