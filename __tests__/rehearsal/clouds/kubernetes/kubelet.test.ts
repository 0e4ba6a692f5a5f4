import type { Container, PodSpec, Secret } from "../../../../rehearsal/clouds/kubernetes/api-object";
import { modeLabel } from "../../../../rehearsal/clouds/kubernetes/pod-security";
import type { ImageContent } from "../../../../rehearsal/clouds/registry-object";
import {
  createWorld,
  deployment,
  DIGEST,
  dockerConfig,
  first,
  goodSecret,
  HOST,
  IMAGE,
  pullSecret,
  REPOSITORY,
  type DeploymentOptions,
  type World,
} from "../world";

/** What is measured on a real kubelet, row by row: `docs/rehearsal.md` says with which. */

const RESOLVE = `failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}":`;
const ANONYMOUS = `${RESOLVE} failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized`;
const OAUTH = `${RESOLVE} failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized`;
const ABSENT = "Unable to retrieve some image pull secrets (acr-secret); attempting to pull the image may not succeed.";

const backOff = (detail: string, image = IMAGE) => `Back-off pulling image "${image}": ErrImagePull: ${detail}`;

interface Row extends DeploymentOptions {
  /** @default - the principal's own */
  readonly held?: (world: World) => readonly Secret[];
  /** What lies in the registry under the tag. */
  readonly image?: ImageContent;
  readonly given?: (world: World) => void;
}

function run({ held = (world) => [goodSecret(world)], image = {}, given, ...options }: Row): World {
  const world = createWorld();
  for (const secret of held(world)) world.cluster.secrets.create(secret);
  world.clouds.registries.push(HOST, REPOSITORY, "v1", DIGEST, image);
  given?.(world);
  world.cluster.createDeployment(deployment(options));
  return world;
}

/** Reason and message of the newest pod's first container that does not run; undefined where all run. */
function seen({ cluster }: World): { reason: string; message: string } | undefined {
  const fault = cluster.pods.at(-1)?.statuses?.find((status) => status.fault)?.fault;
  return fault && { reason: fault.reason, message: fault.message };
}

const messages = ({ cluster }: World, reason: string) =>
  cluster.events.filter((event) => event.reason === reason).map(({ message }) => message);

const wrong = (name = "acr-secret") => pullSecret(dockerConfig(HOST, "client", "wrong"), { name });
const keyed = (server: string) => (world: World) => [
  pullSecret(dockerConfig(server, world.principal.clientId, world.password.secret)),
];
const pulled = (detail: string) => ({ reason: "ImagePullBackOff", message: backOff(detail) });

describe("credentials", () => {
  test.each<[string, Row]>([
    ["no imagePullSecrets", { secrets: [] }],
    ["a secret of type Opaque", { held: (world) => [{ ...goodSecret(world), type: "Opaque" }] }],
    ["a key in auths for another host", { held: keyed("other.azurecr.io") }],
    ["a key in auths in capitals", { held: keyed(HOST.toUpperCase()) }],
  ])("row 1: %s asks as nobody", (_, row) => {
    const world = run(row);
    expect(seen(world)).toEqual(pulled(ANONYMOUS));
    expect(messages(world, "Failed")).toContain(`Failed to pull image "${IMAGE}": ${ANONYMOUS}`);
    expect(messages(world, "FailedToRetrieveImagePullSecret")).toEqual([]);
  });

  test("row 2: a secret that is named and not there is the same, with an event", () => {
    const world = run({ held: () => [] });
    expect(seen(world)).toEqual(pulled(ANONYMOUS));
    expect(messages(world, "FailedToRetrieveImagePullSecret")).toEqual([ABSENT]);
  });

  test("row 3: a wrong password and a right one without a role cannot be told apart", () => {
    const roleless = run({
      given: ({ clouds }) => {
        for (const { id } of clouds.arm.roles.all()) clouds.arm.roles.delete(id);
      },
    });
    expect([seen(run({ held: () => [wrong()] })), seen(roleless)]).toEqual([pulled(OAUTH), pulled(OAUTH)]);
  });

  test("row 4: of two secrets one that works is enough, and two wrong ones are one line", () => {
    const secrets = ["stale", "acr-secret"];
    expect(seen(run({ secrets, held: (world) => [wrong("stale"), goodSecret(world)] }))).toBeUndefined();
    expect(seen(run({ secrets, held: () => [wrong("stale"), wrong()] }))).toEqual(pulled(OAUTH));
  });

  test("row 5: one secret absent and one right pulls, with an event", () => {
    const world = run({ secrets: ["absent", "acr-secret"] });
    expect(seen(world)).toBeUndefined();
    expect(messages(world, "FailedToRetrieveImagePullSecret")).toEqual([ABSENT.replace("acr-secret", "absent")]);
  });

  test("row 6: a key with https:// and a path is the host's", () => {
    expect(seen(run({ held: keyed(`https://${HOST}/v1/`) }))).toBeUndefined();
  });
});

describe("images", () => {
  test.each([
    ["a tag", `${HOST}/${REPOSITORY}:v2`],
    ["a repository", `${HOST}/${REPOSITORY}2:v1`],
    ["a digest", `${HOST}/${REPOSITORY}@sha256:${"0".repeat(64)}`],
  ])("row 7: %s that is missing is not found", (_, image) => {
    const resolve = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
    expect(seen(run({ container: { image } }))?.message).toBe(
      backOff(`rpc error: code = NotFound desc = ${resolve}`, image),
    );
  });

  test("row 8: an index without the node's platform is refused", () => {
    const world = run({ image: { isIndex: true, platforms: ["linux/arm64", "windows/amd64"] } });
    expect(seen(world)).toEqual(
      pulled(
        `rpc error: code = NotFound desc = failed to pull and unpack image "${IMAGE}": no match for platform in manifest: not found`,
      ),
    );
    expect(seen(run({ image: { isIndex: true, platforms: ["linux/arm64", "linux/amd64"] } }))).toBeUndefined();
  });

  test("row 9: one manifest of another architecture is pulled, started, and dies", () => {
    const world = run({ image: { platforms: ["linux/arm64"], executables: ["/serve"] } });
    expect(seen(world)).toEqual({ reason: "Error", message: "exec /serve: exec format error" });
    expect(messages(world, "Pulled")).toEqual([`Successfully pulled image "${IMAGE}"`]);
  });

  test("row 10: an unknown host has no address", () => {
    const image = "nowhere.azurecr.io/app:v1";
    expect(seen(run({ container: { image } }))?.message).toMatch(
      /failed to do request: Head "https:\/\/nowhere\.azurecr\.io\/v2\/app\/manifests\/v1": dial tcp: lookup nowhere\.azurecr\.io on .*: no such host$/,
    );
  });

  test("row 11: a registry that is away refuses the connection", () => {
    const world = run({
      given: ({ clouds }) => {
        clouds.registries.areAway = true;
      },
    });
    expect(seen(world)?.message).toMatch(
      /failed to do request: Head .*: dial tcp .*:443: connect: connection refused$/,
    );
  });

  test("row 12: a repository with capitals is no name", () => {
    const image = `${HOST}/t/Good:v1`;
    const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format: repository name (t/Good) must be lowercase`;
    const world = run({ container: { image } });
    expect(seen(world)).toEqual({ reason: "InvalidImageName", message });
    expect(messages(world, "InspectFailed")).toEqual([message]);
  });
});

describe("users", () => {
  const nonRoot: Partial<PodSpec> = { securityContext: { runAsNonRoot: true } };
  const place = /\(pod: "acr-app2-\w+-\w+_default\([0-9a-f-]{36}\)", container: acr-app2\)$/;

  test.each([
    ["without USER", ""],
    ["with USER 0", "0"],
    ["with USER 0:0", "0:0"],
  ])("row 13: an image %s will run as root", (_, user) => {
    const { reason, message } = seen(run({ pod: nonRoot, image: { user } })) ?? {};
    expect(reason).toBe("CreateContainerConfigError");
    expect(message).toMatch(/^container has runAsNonRoot and image will run as root \(pod: /);
    expect(message).toMatch(place);
  });

  test("row 14: a user by name cannot be verified, one by number can", () => {
    expect(seen(run({ pod: nonRoot, image: { user: "nginx" } }))?.message).toMatch(
      /^container has runAsNonRoot and image has non-numeric user \(nginx\), cannot verify user is non-root \(pod: /,
    );
    expect(seen(run({ pod: nonRoot, image: { user: "101:nginx" } }))).toBeUndefined();
  });

  test("row 15: runAsUser 0 breaks the policy", () => {
    const pod = { securityContext: { runAsNonRoot: true, runAsUser: 0 } };
    expect(seen(run({ pod, image: { user: "101" } }))?.message).toMatch(
      /^container's runAsUser breaks non-root policy \(pod: /,
    );
  });

  test("row 16: runAsUser stands in for an image without USER", () => {
    expect(seen(run({ pod: { securityContext: { runAsNonRoot: true, runAsUser: 101 } }, image: { user: "" } }))).toBe(
      undefined,
    );
  });
});

describe("cached images", () => {
  const PRESENT = `Container image "${IMAGE}" already present on machine and can be accessed by the pod`;
  const NEVER = `Container image "${IMAGE}" is not present with pull policy of Never`;

  /** A second pod on the same node, after the first one has pulled. */
  function second(policy: string, options: DeploymentOptions, given?: (world: World) => void): World {
    const world = run({});
    given?.(world);
    const container: Partial<Container> = { imagePullPolicy: policy };
    world.cluster.createDeployment(deployment({ name: "second", container, ...options }));
    return world;
  }

  test("row 17: policy Never does not take an image that is absent, or another's", () => {
    const never = { reason: "ErrImageNeverPull", message: NEVER };
    expect(seen(run({ container: { imagePullPolicy: "Never" } }))).toEqual(never);
    expect(seen(second("Never", { secrets: [] }))).toEqual(never);
    expect(seen(second("Never", {}))).toBeUndefined();
  });

  test("row 18: IfNotPresent pulls again for a pod whose own secret is absent or wrong", () => {
    const stale = second("IfNotPresent", { secrets: ["stale"] }, ({ cluster }) => {
      cluster.secrets.create(wrong("stale"));
    });
    expect(seen(second("IfNotPresent", { secrets: [] }))).toEqual(pulled(ANONYMOUS));
    expect(seen(stale)).toEqual(pulled(OAUTH));
  });

  test("row 19: IfNotPresent takes the image for a secret that has pulled it", () => {
    const world = second("IfNotPresent", {});
    expect(seen(world)).toBeUndefined();
    expect(messages(world, "Pulled")).toContain(PRESENT);
    expect(world.cluster.pulls).toHaveLength(1);
  });

  test("…and still does when another password is in that secret, or the same password in another secret", () => {
    const rotated = second("IfNotPresent", {}, ({ cluster }) => {
      cluster.secrets.replace(wrong());
    });
    const copied = second("IfNotPresent", { secrets: ["copy"] }, (world) => {
      world.cluster.secrets.create({ ...goodSecret(world), metadata: { namespace: "default", name: "copy" } });
    });
    expect([seen(rotated), seen(copied)]).toEqual([undefined, undefined]);
  });

  test("with the registry away, what IfNotPresent runs starts again, and what Always runs does not", () => {
    const away = (policy: string) => {
      const world = run({ container: { imagePullPolicy: policy } });
      world.clouds.registries.areAway = true;
      world.cluster.restartContainers();
      return seen(world)?.reason;
    };
    expect([away("IfNotPresent"), away("Always")]).toEqual([undefined, "ImagePullBackOff"]);
  });

  test.each([
    [`${HOST}/${REPOSITORY}`, "Always"],
    [`${HOST}/${REPOSITORY}:latest`, "Always"],
    [IMAGE, "IfNotPresent"],
    [`${HOST}/${REPOSITORY}@${DIGEST}`, "IfNotPresent"],
  ])("the policy of %s is %s where none is given", (image, policy) => {
    const { cluster } = run({ container: { image } });
    expect(first(cluster.deployments.values()).spec.template.spec.containers[0]?.imagePullPolicy).toBe(policy);
  });
});

describe("starting", () => {
  test("row 20: a command that is not there", () => {
    const world = run({ container: { command: ["/x"] }, image: { executables: ["/serve"] } });
    expect(seen(world)?.reason).toBe("StartError");
    expect(seen(world)?.message).toMatch(
      /runc create failed: unable to start container process: exec: "\/x": stat \/x: no such file or directory$/,
    );
  });

  test("row 21: a namespace that enforces `restricted` makes no pod, and the ReplicaSet says so", () => {
    const world = run({
      given: ({ cluster }) => {
        cluster.namespaces.replace({ metadata: { name: "default", labels: { [modeLabel("enforce")]: "restricted" } } });
      },
    });
    const [event] = world.cluster.events;
    expect(event).toMatchObject({ kind: "ReplicaSet", reason: "FailedCreate" });
    expect(event?.message).toMatch(
      /^Error creating: pods "acr-app2-\w+-\w+" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation/,
    );
    expect(world.cluster.waitForRollout("default", "acr-app2", 90)).toBe(
      "Waiting for rollout to finish: 0 out of 1 new replicas have been updated...",
    );
  });
});
