import { RULES } from "../../../config/rules";

test("every rule has a name of its own", () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test("every rule says where it comes from by a link, if at all", () => {
  for (const { source } of RULES) if (source !== undefined) expect(source).toMatch(/^https:\/\//);
});
