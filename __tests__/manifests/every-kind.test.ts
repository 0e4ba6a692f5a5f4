import { TYPED_KINDS } from "../../manifests/kinds";
import { readManifests } from "../../manifests/read-manifests";
import { createClouds } from "../../rehearsal/clouds";
import { createProviders } from "../../rehearsal/providers";
import { PROJECT } from "../support/synthesized";
import { OPTIONS } from "./manifests";

const { set, lines } = readManifests({
  ...OPTIONS,
  ...{ projectDirectory: PROJECT, path: "__tests__/manifests/fixtures/every-kind", namespace: "every" },
});

it("converts objects of every kind that there is a resource for, without a loss", () => {
  expect(lines).toEqual([]);
  expect(set?.objects.length).toBeGreaterThanOrEqual(40);
  expect(new Set(set?.objects.map(({ type }) => type))).toEqual(new Set(TYPED_KINDS.map(({ type }) => type)));
});

it("has a model in the rehearsal for every kind", () => {
  const { kubernetes } = createProviders(createClouds({ now: new Date() }));
  const known = Object.keys(kubernetes.resources ?? {});
  expect(TYPED_KINDS.map(({ type }) => type).filter((type) => !known.includes(type))).toEqual([]);
});
