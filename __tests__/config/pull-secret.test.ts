import type { Namespace } from "../../config";
import { pullSecretOf } from "../../config/pull-secret";
import { environmentFrom } from "../support/environment";
import { BASE, changed } from "./base";

const SHARED = changed("{ context: blue }", "{ context: blue }\n    pullSecret: of-cluster");

test.each([
  ["after the registry", BASE, undefined, "acrdemo2ss-secret"],
  ["as the cluster says", SHARED, undefined, "of-cluster"],
  ["as the namespace says", SHARED, "of-namespace", "of-namespace"],
])("the pull secret is named %s", (_title, yaml, own, name) => {
  const { registry, clusters } = environmentFrom(yaml);
  const pullSecret: Namespace["pullSecret"] = { labels: {}, annotations: {}, ...(own !== undefined && { name: own }) };
  expect(clusters.blue && pullSecretOf(registry, clusters.blue, { pullSecret }).name).toBe(name);
});
