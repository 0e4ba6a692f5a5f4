import fc from "fast-check";
import { environmentFrom } from "../support/environment";
import { DIGEST, fleet } from "./fleet";

type Tree = Record<string, unknown>;

const EITHER: Readonly<Record<string, readonly string[]>> = {
  clusters: ["kubeconfig", "aks"],
  "clusters.pull": ["servicePrincipal", "registryToken", "existingSecret", "federated"],
};

/** What an entry must say beside `defaults` to be `entry`: merging, backwards. */
function beside(defaults: Tree, entry: Tree, place: string): Tree {
  const either = EITHER[place] ?? [];
  const chosen = either.find((key) => key in entry);
  const keys = [...new Set([...Object.keys(defaults), ...Object.keys(entry)])];
  return Object.fromEntries(
    keys.flatMap((key) => {
      const [shared, own] = [defaults[key], entry[key]];
      if (own === undefined) return either.includes(key) && chosen !== undefined ? [] : [[key, null]];
      if (isTree(own) && isTree(shared)) return [[key, beside(shared, own, `${place}.${key}`)]];
      // What is equal can be left out, unless it chooses among what the defaults give.
      return JSON.stringify(own) === JSON.stringify(shared) ? [] : [[key, own]];
    }),
  );
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const word = fc.constantFrom("a", "b", "c");

/** Maps of free keys, some of them with the names of alternatives. */
const words = fc.dictionary(fc.constantFrom("region", "kubeconfig", "aks", "docker"), word);

const some = { requiredKeys: [] };

const cluster = fc
  .tuple(
    fc.oneof(
      fc.record({ kubeconfig: fc.record({ path: fc.constantFrom("~/a", "~/b") }, some) }),
      fc.record({ aks: fc.record({ name: word, resourceGroup: word }) }),
    ),
    fc.oneof(
      fc.record({
        servicePrincipal: fc.record(
          { role: word, rotation: fc.record({ periodDays: fc.integer({ min: 1, max: 9 }) }, some) },
          some,
        ),
      }),
      fc.record({
        registryToken: fc.record({ rotation: fc.record({ slots: fc.integer({ min: 3, max: 5 }) }, some) }, some),
      }),
      fc.record({ existingSecret: fc.record({ name: word }) }),
      fc.record({
        federated: fc.record(
          {
            issuer: fc.constantFrom("https://a.example.com", "https://b.example.com/x/"),
            controller: fc.constantFrom("externalSecrets", "acrPull"),
            serviceAccount: word,
            role: word,
          },
          { requiredKeys: ["issuer", "controller"] },
        ),
      }),
    ),
    fc.record({ labels: words }, some),
  )
  .map(([connection, pull, others]): Tree => ({ ...connection, pull, ...others }));

const workload = fc.record(
  {
    image: fc.constant("web"),
    clusters: fc.oneof(fc.constant({ matchLabels: {} }), fc.constant(["c0"])),
    port: fc.integer({ min: 1, max: 9 }),
    namespace: word,
    replicas: fc.nat(3),
    env: words,
    health: fc.record({ path: fc.constantFrom("/", "/ready") }),
    tolerations: fc.array(fc.record({ key: word })),
  },
  { requiredKeys: ["image", "clusters", "port"] },
);

/** Entries under keys that begin with a letter, at least one. */
function map(letter: string, entry: fc.Arbitrary<Tree>) {
  return fc
    .array(entry, { minLength: 1, maxLength: 3 })
    .map((entries) => Object.fromEntries(entries.map((value, index) => [`${letter}${index}`, value])));
}

/** Distinct AKS clusters: two entries of one are refused. */
function distinct(clusters: Readonly<Record<string, Tree>>): Record<string, Tree> {
  return Object.fromEntries(
    Object.entries(clusters).map(([key, { aks, ...others }]) => [
      key,
      isTree(aks) ? { ...others, aks: { ...aks, name: key } } : { aks, ...others },
    ]),
  );
}

function yaml(defaults: unknown, clusters: unknown, workloads: unknown): string {
  const json = (value: unknown) => JSON.stringify(value);
  const images = json({ web: { repository: "web", prebuilt: DIGEST } });
  return fleet({ defaults: json(defaults), images, clusters: json(clusters), workloads: json(workloads) });
}

test("an environment with defaults is the one that is written out in full", () => {
  fc.assert(
    fc.property(
      cluster,
      workload,
      map("c", cluster).map(distinct),
      map("w", workload),
      (sharedCluster, sharedWorkload, clusters, workloads) => {
        const short = (defaults: Tree, entries: Readonly<Record<string, Tree>>, place: string) =>
          Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, beside(defaults, entry, place)]));
        const written = yaml(
          { clusters: sharedCluster, workloads: sharedWorkload },
          short(sharedCluster, clusters, "clusters"),
          short(sharedWorkload, workloads, "workloads"),
        );
        expect(environmentFrom(written)).toEqual(environmentFrom(yaml({}, clusters, workloads)));
      },
    ),
    { numRuns: 200 },
  );
});
