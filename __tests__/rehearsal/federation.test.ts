import fs from "node:fs";
import type { Environment } from "../../config";
import { mostTelling, type CauseId } from "../../diagnosis";
import type { Rehearsal } from "../../rehearsal/rehearsal";
import { AcrPullController } from "../../rehearsal/clouds/controllers/acr-pull";
import { ExternalSecretsOperator } from "../../rehearsal/clouds/controllers/external-secrets";
import type { Cluster } from "../../rehearsal/clouds/kubernetes/cluster";
import { KINDS } from "../../rehearsal/clouds/kubernetes/kinds";
import { StepFailure } from "../../rehearsal/rehearsed-stack";
import { found, holders, secretsOf } from "./hiding-places";
import { rehearsalOf, shipped } from "./rehearsals";
import { environmentFrom } from "../support/environment";
import { describeWithTools } from "../support/tools";
import { first } from "./clouds/world";

const MINUTE_MS = 60_000;
const PULL_MINUTES = 10;
const THREE_DAYS = (3 * 24 * 60) / PULL_MINUTES;

/** Moves time on, and pulls everything anew. @returns Why pulls were refused. */
function pull({ clouds }: Rehearsal, minutes = 0): string[] {
  clouds.clock.advance(minutes * MINUTE_MS);
  return clouds.clusters.flatMap((cluster) => cluster.restartPods()).flatMap(({ reason }) => reason ?? []);
}

const controllerIn = (cluster: Cluster) =>
  cluster.controllerOf(ExternalSecretsOperator.id) ?? cluster.controllerOf(AcrPullController.id);

describeWithTools(["terraform"], "examples/federated.yaml", () => {
  let rehearsal: Rehearsal;
  const cluster = (key: string) => first(rehearsal.world.clusters.filter((one) => one.key === key)).cluster;

  beforeAll(async () => {
    rehearsal = rehearsalOf({ environment: shipped("examples/federated.yaml") });
    await rehearsal.deploy();
  });

  it("pulls for three days, every ten minutes, and is never refused", () => {
    const before = rehearsal.clouds.clusters.flatMap(({ pulls }) => pulls).length;
    const refused = Array.from({ length: THREE_DAYS }, () => pull(rehearsal, PULL_MINUTES)).flat();
    expect(refused).toEqual([]);
    const pulls = rehearsal.clouds.clusters.flatMap((one) => one.pulls).slice(before);
    expect(pulls.filter(({ ok }) => ok)).toHaveLength(2 * THREE_DAYS);
  }, 120_000);

  it("has its secrets renewed each hour, and at half the life of a token", () => {
    const renewals = (host: string) =>
      rehearsal.clouds.endpoints.requests.filter(({ url }) => url.startsWith(`https://${host}`)).length;
    // Each hour of 72, and once at first; every 37.5 minutes by the next pull: 40.
    const byOperator = rehearsal.clouds.endpoints.requests.filter(({ url }) => url.endsWith("/oauth2/exchange")).length;
    expect(byOperator).toBeGreaterThanOrEqual(62);
    expect(byOperator).toBeLessThanOrEqual(73);
    expect(renewals("federatedregistry.azurecr.io") - byOperator).toBe(2 * (1 + (3 * 24 * 60) / 40));
  });

  it("plans nothing then", async () => {
    for (const stack of rehearsal.stacks) await stack.assertNoChanges();
  });

  it.each([
    // It lives three hours from the last renewal, which was up to one hour before.
    ["edge", 3 * 60],
    ["cloud", 75],
  ])("%s is refused when its controller has been down for longer than a token lives", (key, minutes) => {
    const target = cluster(key);
    const controller = controllerIn(target);
    if (!controller) throw new Error("no controller");
    // Renewed now, whenever it was last.
    for (const { metadata } of target.secrets.values()) target.secrets.delete(metadata.namespace, metadata.name);
    expect(target.restartPods().filter(({ ok }) => !ok)).toEqual([]);
    controller.isDown = true;
    rehearsal.clouds.clock.advance(minutes * MINUTE_MS - 1000);
    expect(target.restartPods().filter(({ ok }) => !ok)).toEqual([]);
    rehearsal.clouds.clock.advance(1000);
    expect(target.restartPods().flatMap(({ reason }) => reason ?? [])).toEqual([
      expect.stringMatching(/ImagePullBackOff: .*the token ended at 20/),
    ]);
    controller.isDown = false;
    expect(target.restartPods().filter(({ ok }) => !ok)).toEqual([]);
  });

  it("has no secret in any state, plan, output or log", async () => {
    const secrets = secretsOf(rehearsal);
    expect(secrets.size).toBeGreaterThan(500);
    expect(holders(rehearsal)).toEqual({});
    for (const stack of rehearsal.stacks) {
      for (const args of [
        ["show", "-no-color"],
        ["output", "-json"],
        ["plan", "-no-color"],
      ]) {
        const { stdout, stderr } = await stack.terraform(args);
        expect([stack.name, args, found(stdout + stderr, secrets)]).toEqual([stack.name, args, []]);
      }
    }
    expect(found(fs.readFileSync(rehearsal.log), secrets)).toEqual([]);
  }, 120_000);

  it("leaves nothing behind when it is destroyed", async () => {
    await rehearsal.destroy();
    expect(rehearsal.clouds.leftovers()).toEqual([]);
  });
});

const CONTROLLERS = ["externalSecrets", "acrPull"] as const;
type ControllerName = (typeof CONTROLLERS)[number];

function environmentPulling(controller: ControllerName, registry = "location: westeurope, sku: Basic"): Environment {
  return environmentFrom(`
registry: { name: federatedregistry, resourceGroup: rg, ${registry} }
images: { web: { repository: shop/web, tag: 1.4.0, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters:
  edge: { kubeconfig: {}, pull: { federated: { issuer: "https://oidc.example.com/edge", controller: ${controller} } } }
workloads: { web: { image: web, clusters: [edge], namespace: shop, port: 8080 } }
`);
}

interface Failure {
  readonly title: string;
  /** What is wrong before the workload stack is applied. */
  readonly before: (rehearsal: Rehearsal, cluster: Cluster) => void;
  /** What the apply says, by either controller. */
  readonly seen: RegExp;
  readonly cause: CauseId;
  /** @default - both */
  readonly only?: ControllerName;
}

const registryOf = ({ clouds }: Rehearsal) => first(clouds.arm.registries.values());
const trustOf = ({ clouds }: Rehearsal) =>
  first([...clouds.entra.applications.values()].flatMap((one) => one.federatedCredentials));

/** What goes wrong with a federation, where it is seen, and what it is. */
const FAILURES: readonly Failure[] = [
  {
    title: "the controller is not installed",
    before: (_, { api }) => {
      for (const { metadata } of api.of(KINDS.customResourceDefinition).values())
        api.remove(KINDS.customResourceDefinition, undefined, metadata.name);
    },
    seen: /^plan: API did not recognize GroupVersionKind from manifest \(CRD may not be installed\)/,
    cause: "kind-missing",
  },
  {
    title: "the controller is installed, and down",
    before: (_, cluster) => {
      const controller = controllerIn(cluster);
      if (controller) controller.isDown = true;
    },
    seen: /^apply: Operation timed out[^]*timed out waiting on (conditions|field matchers)/,
    cause: "controller-silent",
  },
  {
    title: "the file has another issuer than the cluster",
    before: (_, { issuer }) => {
      issuer.url = "https://kubernetes.default.svc.cluster.local";
    },
    seen: /AADSTS700211: .* assertion issuer 'https:\/\/kubernetes\.default\.svc\.cluster\.local'/,
    cause: "issuer-differs",
  },
  {
    title: "Entra ID does not reach the issuer's documents",
    before: (_, { issuer }) => {
      issuer.isPublished = false;
    },
    seen: /AADSTS50166: Request to External OIDC endpoint failed/,
    cause: "issuer-unreachable",
  },
  {
    title: "the published keys are those of a former cluster",
    before: ({ clouds }, { issuer }) => {
      const { documents } = issuer;
      clouds.entra.findIssuer = () => documents;
      issuer.rebuild();
    },
    seen: /AADSTS7000272: The certificate with identifier edge-2/,
    cause: "issuer-keys-old",
  },
  {
    title: "the application trusts another account",
    before: (rehearsal) => {
      trustOf(rehearsal).subject = "system:serviceaccount:shop:other";
    },
    seen: /AADSTS700213: .* assertion subject 'system:serviceaccount:shop:acr-pull'/,
    cause: "subject-differs",
  },
  {
    title: "the application trusts another audience",
    before: (rehearsal) => {
      trustOf(rehearsal).audience = "api://other";
    },
    seen: /AADSTS700212: .* assertion audience/,
    cause: "audience-differs",
  },
  {
    title: "somebody has taken the trust away",
    before: ({ clouds }) => {
      for (const { federatedCredentials } of clouds.entra.applications.values()) federatedCredentials.splice(0);
    },
    seen: /AADSTS70021: No matching federated identity record found for presented assertion\. Assertion Issuer/,
    cause: "trust-missing",
  },
  {
    title: "the registry takes no tokens for Azure Resource Manager",
    before: (rehearsal) => {
      registryOf(rehearsal).acceptsArmTokens = false;
    },
    seen: /unexpected status code 401, expected 200/,
    cause: "exchange-refused",
    only: "externalSecrets",
  },
  {
    title: "the registry takes no tokens for Azure Resource Manager",
    before: (rehearsal) => {
      registryOf(rehearsal).acceptsArmTokens = false;
    },
    seen: /failed to exchange AAD access token for ACR refresh token: .*RESPONSE 401/,
    cause: "exchange-refused",
    only: "acrPull",
  },
  {
    title: "the principal has no role",
    before: ({ clouds }) => {
      for (const { id } of clouds.arm.roles.all()) clouds.arm.roles.delete(id);
    },
    seen: /(unexpected status code|RESPONSE) 401/,
    cause: "exchange-refused",
  },
];

describeWithTools(["terraform"], "a federation that does not work", () => {
  const cases = FAILURES.flatMap((failure) =>
    CONTROLLERS.filter((name) => (failure.only ?? name) === name).map(
      (name) => [failure.title, name, failure] as const,
    ),
  );

  it.each(cases)("%s: %s", async (_title, controller, { before, seen, cause }) => {
    const rehearsal = rehearsalOf({ environment: environmentPulling(controller) });
    const { cluster } = first(rehearsal.world.clusters);
    for (const stack of rehearsal.stacks) {
      if (stack.name.includes("-workload-")) before(rehearsal, cluster);
      const failure = await rehearsal.deployStack(stack).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!stack.name.includes("-workload-")) expect(failure).toBeUndefined();
      else {
        expect(failure).toBeInstanceOf(StepFailure);
        const { step, reason } = failure as StepFailure;
        expect(`${step}: ${reason}`).toMatch(seen);
        expect(mostTelling(reason.split("\n"))?.cause).toBe(cause);
      }
    }
  });

  it.each(CONTROLLERS)(
    "heals by itself where the trust is known late, and was asked for too early: %s",
    async (controller) => {
      const rehearsal = rehearsalOf({ environment: environmentPulling(controller) });
      Object.assign(rehearsal.clouds.entra, { federationLagMs: 10_000, federationPenaltyMs: 240_000 });
      await rehearsal.deploy();
      expect(pull(rehearsal, PULL_MINUTES)).toEqual([]);
    },
  );

  it.each(CONTROLLERS)("leaves the binding of a controller that is gone to people: %s", async (controller) => {
    const rehearsal = rehearsalOf({ environment: environmentPulling(controller) });
    await rehearsal.deploy();
    const { cluster } = first(rehearsal.world.clusters);
    const own = controllerIn(cluster);
    if (own) own.isDown = true;
    const destroyed = await rehearsal
      .stack("-workload-edge")
      .destroy()
      .then(
        () => "ok",
        (error: unknown) => String(error),
      );
    // It alone holds on to what it follows.
    expect(destroyed).toMatch(
      controller === "acrPull"
        ? /Timed out when waiting for resource "federatedregistry-secret" to be deleted/
        : /^ok$/,
    );
  });

  it.each(CONTROLLERS)("pulls by the repository where the registry grants so: %s", async (controller) => {
    const environment = environmentPulling(controller, "existing: true, repositoryPermissions: true");
    const rehearsal = rehearsalOf({ environment });
    await rehearsal.deploy();
    expect(pull(rehearsal, PULL_MINUTES)).toEqual([]);
  });
});
