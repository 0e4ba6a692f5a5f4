import { TYPED_KINDS } from "../../../../manifests/kinds";
import { createClouds } from "../../../../rehearsal/clouds";
import { createProviders } from "../../../../rehearsal/providers";

it("has a model for every kind that manifests may have", () => {
  const { kubernetes } = createProviders(createClouds({ now: new Date() }));
  const known = Object.keys(kubernetes.resources ?? {});
  expect(TYPED_KINDS.map(({ type }) => type).filter((type) => !known.includes(type))).toEqual([]);
});
