import { TYPED_KINDS } from "../../manifests/kinds";
import { readManifests } from "../../manifests/read-manifests";
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
