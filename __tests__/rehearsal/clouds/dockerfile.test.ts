import { imageOf } from "../../../rehearsal/clouds/dockerfile";

const user = (dockerfile: string, options = {}) => imageOf(dockerfile, options).user;

test.each<[string, string, string | undefined]>([
  ["the last USER of a stage", "FROM a\nUSER root\nRUN x\nUSER 101:101\n", "101:101"],
  ["a USER by name", "FROM a\nuser nginx\n", "nginx"],
  ["nothing to come from", "FROM scratch\nCOPY . /\n", ""],
  ["a base image", "FROM nginx\n", undefined],
  ["an earlier stage", "FROM scratch AS base\nUSER 5\nFROM base\n", "5"],
  [
    "an earlier stage that is only copied from",
    "FROM scratch AS base\nUSER 5\nFROM nginx\nCOPY --from=base / /\n",
    undefined,
  ],
  ["an argument", "ARG UID=7\nFROM a\nARG UID\nUSER ${UID}\n", "7"],
  ["an argument without a value", "FROM a\nARG UID\nUSER $UID\n", undefined],
  ["a line that goes on", "FROM a\nUSER \\\n  9\n", "9"],
  ["a comment", "FROM scratch\n# USER 3\n", ""],
])("by %s", (_, dockerfile, expected) => {
  expect(user(dockerfile)).toBe(expected);
});

test("by arguments and the stage that is built", () => {
  const dockerfile = "ARG BASE=nginx\nFROM ${BASE} AS one\nUSER 1\nFROM one AS two\nUSER 2\n";
  expect(user(dockerfile, { target: "one" })).toBe("1");
  expect(user("ARG UID=7\nFROM a\nARG UID\nUSER ${UID}\n", { buildArgs: { UID: "8" } })).toBe("8");
});

test("with the platform that it is built for, as one manifest", () => {
  expect(imageOf("FROM a", { platform: "linux/arm64" })).toEqual({ platforms: ["linux/arm64"] });
});
