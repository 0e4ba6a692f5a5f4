import { causeOf } from "../../../diagnosis";
import { pullFailure } from "../../../rehearsal/clouds/kubernetes/image-words";
import { createWorld, DIGEST, HOST, IMAGE, REPOSITORY } from "./world";

function holding() {
  const { clouds, registry, principal, password } = createWorld();
  registry.quarantine = true;
  const credentials = { username: principal.clientId, password: password.secret };
  const pull = (reference: string) =>
    clouds.registries.pull({ loginServer: HOST, repository: REPOSITORY, reference, credentials });
  return { clouds, registry, pull };
}

test("what is held has no tag, and its digest is refused, until it is released", () => {
  const { clouds, pull } = holding();
  expect(pull("v1")).toEqual({
    ...{ ok: false, fault: "not-found" },
    reason: 'manifest unknown: manifest tagged by "v1" is not found',
  });
  expect(pull(DIGEST)).toEqual({
    ...{ ok: false, fault: "quarantined" },
    reason: "unknown: The operation is disallowed. IMAGE_QUARANTINED: The image is quarantined.",
  });
  clouds.registries.release(HOST, REPOSITORY, DIGEST);
  expect(pull("v1")).toMatchObject({ ok: true, digest: DIGEST });
  expect(pull(DIGEST)).toMatchObject({ ok: true, digest: DIGEST });
});

test("a release is one of that digest in that repository", () => {
  const { clouds, pull } = holding();
  clouds.registries.release(HOST, "other", DIGEST);
  clouds.registries.release(HOST, REPOSITORY, `sha256:${"ef".repeat(32)}`);
  expect(pull(DIGEST)).toMatchObject({ ok: false, fault: "quarantined" });
});

test("a digest that is not there is no more than that", () => {
  expect(holding().pull(`sha256:${"ef".repeat(32)}`)).toMatchObject({ ok: false, fault: "not-found" });
});

test("a scanner releases what is pushed from then on", () => {
  const { clouds, pull } = holding();
  clouds.registries.hasScanner = true;
  expect(pull("v1")).toMatchObject({ ok: false });
  clouds.registries.push(HOST, REPOSITORY, "v2", `sha256:${"ef".repeat(32)}`);
  expect(pull("v2")).toMatchObject({ ok: true });
  expect(pull("v1")).toMatchObject({ ok: false });
});

test("without quarantine everything is served, and what it is for is told by its cause", () => {
  const { registry, pull } = holding();
  const answer = pull(DIGEST);
  expect(causeOf("reason" in answer ? answer.reason : "")).toBe("image-quarantined");
  expect(pullFailure(IMAGE, "quarantined", true)).toMatch(
    /unexpected status from HEAD request to https:\/\/acrdemo2ss.azurecr.io\/v2\/app2\/acr-app2\/manifests\/v1: 405 Method Not Allowed$/,
  );
  registry.quarantine = false;
  expect(pull(DIGEST)).toMatchObject({ ok: true });
});
