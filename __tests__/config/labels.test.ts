import { environmentFrom } from "../support/environment";
import { refusal } from "./base";
import { DIGEST, SHARED, fleet } from "./fleet";

const DEFAULTS = `{ clusters: ${SHARED}, images: { prebuilt: "${DIGEST}" }, workloads: { image: web, port: 80 } }`;
const CLUSTERS =
  "{ us: { labels: { region: us, tier: core } }, eu: { labels: { region: eu, tier: core } }, edge: { labels: { region: eu, tier: edge } }, bare: {} }";

/** Clusters stand on line 4, the only workload on line 5. */
function yaml(selector: string, clusters = CLUSTERS, defaults = DEFAULTS): string {
  const workloads = `{ web: { clusters: ${selector} } }`;
  return fleet({ defaults, images: "{ web: { repository: web } }", clusters, workloads });
}

describe("a workload runs on", () => {
  test.each([
    ["the clusters that have a label", "{ matchLabels: { region: eu } }", ["eu", "edge"]],
    ["those that have all of several labels", "{ matchLabels: { tier: core, region: eu } }", ["eu"]],
    ["all, where no label is asked for", "{ matchLabels: {} }", ["us", "eu", "edge", "bare"]],
    ["those of a list, in its order", "[edge, us]", ["edge", "us"]],
  ])("%s", (_title, selector, clusters) => {
    expect(environmentFrom(yaml(selector)).workloads.web?.clusters).toEqual(clusters);
  });

  test("clusters whose labels are defaults", () => {
    const defaults = DEFAULTS.replace("{ kubeconfig", "{ labels: { tier: core }, kubeconfig");
    const { workloads } = environmentFrom(
      yaml("{ matchLabels: { tier: core } }", "{ a: {}, b: { labels: { tier: edge } } }", defaults),
    );
    expect(workloads.web?.clusters).toEqual(["a"]);
  });
});

describe("a selector without a match is refused", () => {
  test.each([
    [
      "for a misspelt label",
      "{ regoin: eu }",
      'environments/demo.yaml:5:48 workloads.web.clusters.matchLabels.regoin is a label of no cluster; did you mean "region"?',
    ],
    [
      "for an unknown label",
      "{ monitored: eu }",
      "environments/demo.yaml:5:48 workloads.web.clusters.matchLabels.monitored is a label of no cluster",
    ],
    [
      "for a misspelt value",
      "{ tier: egde }",
      'environments/demo.yaml:5:54 workloads.web.clusters.matchLabels.tier matches no cluster; did you mean "edge"?, got: "egde"',
    ],
    [
      "for each label that is wrong",
      "{ teir: edge, region: africa }",
      'environments/demo.yaml:5:48 workloads.web.clusters.matchLabels.teir is a label of no cluster; did you mean "tier"?',
      'environments/demo.yaml:5:68 workloads.web.clusters.matchLabels.region matches no cluster, got: "africa"',
    ],
    [
      "where no cluster has all labels",
      "{ region: us, tier: edge }",
      "environments/demo.yaml:5:46 workloads.web.clusters.matchLabels matches no cluster",
    ],
  ])("%s", (_title, labels, ...lines) => {
    expect(refusal(yaml(`{ matchLabels: ${labels} }`))).toEqual(lines);
  });

  test("where there are no clusters", () => {
    const defaults = DEFAULTS.replace(`clusters: ${SHARED}, `, "");
    expect(refusal(yaml("{ matchLabels: {} }", "{}", defaults))).toEqual([
      "environments/demo.yaml:5:46 workloads.web.clusters.matchLabels matches no cluster",
    ]);
  });

  test("at the place of a selector that is a default", () => {
    const defaults = DEFAULTS.replace("{ image: web", "{ clusters: { matchLabels: { region: ue } }, image: web");
    expect(refusal(yaml("{}", CLUSTERS, defaults))).toEqual([
      'environments/demo.yaml:2:241 defaults.workloads.clusters.matchLabels.region matches no cluster; did you mean "us"? (in workloads.web), got: "ue"',
    ]);
  });
});

describe("clusters with errors of their own", () => {
  const selector = "{ matchLabels: { region: eu } }";

  test("are selected as well", () => {
    expect(refusal(yaml(selector, "{ eu: { labels: { region: eu }, pullSecret: A } }"))).toEqual([
      'environments/demo.yaml:4:55 clusters.eu.pullSecret must be an RFC 1123 label: at most 63 lowercase letters, digits or hyphens, alphanumeric at both ends, got: "A"',
    ]);
  });

  test.each([
    [
      "labels that are wrong",
      "{ eu: { labels: { region: eu! } } }",
      `environments/demo.yaml:4:37 clusters.eu.labels.region must be a label value: at most 63 letters, digits, '-', '_' or '.', alphanumeric at both ends, got: "eu!"`,
    ],
    [
      "labels under another name",
      "{ eu: { label: { region: eu } } }",
      'environments/demo.yaml:4:19 clusters.eu.label is not a known key; did you mean "labels"?',
    ],
    ["nothing", "{ eu: }", "environments/demo.yaml:4:17 clusters.eu must be a mapping, got: null"],
  ])("and %s do not make a selector wrong", (_title, clusters, line) => {
    expect(refusal(yaml(selector, clusters))).toEqual([line]);
  });

  test("and labels that can be read do not hide a wrong selector", () => {
    expect(refusal(yaml(selector, "{ us: { labels: { region: us }, pullSecret: A } }"))).toEqual([
      expect.stringContaining("clusters.us.pullSecret must be an RFC 1123 label"),
      'environments/demo.yaml:5:56 workloads.web.clusters.matchLabels.region matches no cluster; did you mean "us"?, got: "eu"',
    ]);
  });

  test("all together do not make a selector wrong", () => {
    expect(refusal(yaml(selector, "[]"))).toEqual([
      "environments/demo.yaml:4:11 clusters must be a mapping, got: a list",
    ]);
  });
});
