import { stageNames, userOf, type BuildOptions } from "../../config/dockerfile";

const user = (dockerfile: string, options: Partial<BuildOptions> = {}) => userOf(dockerfile, { args: {}, ...options });
const named = (name: string) => ({ kind: "named", user: name });
const NONE = { kind: "none" };
const UNKNOWN = { kind: "unknown" };

test.each([
  ["its last USER", "FROM a\nUSER 1\nRUN x\nUSER 2\n", named("2")],
  ["no user of a stage that it is not built on", "FROM a AS b\nUSER 1\nFROM c\n", NONE],
  ["the user of the stage that it is built on", "FROM a AS Base\nUSER 1\nFROM base\nRUN x\n", named("1")],
  ["that of a stage two below", "FROM a AS b\nUSER 1\nFROM b AS c\nFROM c\n", named("1")],
  ["a user without its group", "FROM a\nUSER 101:nginx\n", named("101")],
  ["a name", "FROM a\nUSER nginx\n", named("nginx")],
  ["a user in small letters", "from a\nuser 5\n", named("5")],
  ["none where a comment names one", "FROM a\n# USER 5\n", NONE],
  ["none where a script names one", "FROM a\nRUN <<EOF\nUSER 5\nEOF\n", NONE],
  ["none where a long line names one", "FROM a\nRUN x \\\n  USER 5\n", NONE],
  ["none where a later build gets it", "FROM a\nONBUILD USER 5\n", NONE],
  ["a user behind another escape", "# escape=`\nFROM a\nUSER `\n  5\n", named("5")],
  ["a variable's value", "FROM a\nENV ID=7\nUSER $ID\n", named("7")],
  ["a variable's value, by way of another one", "FROM a\nARG A=7\nENV B=$A\nUSER ${B}:0\n", named("7")],
  ["a variable's own fallback", "FROM a\nUSER ${ID:-8}\n", named("8")],
  ["a variable's other value", "FROM a\nENV ID=1\nUSER ${ID:+9}\n", named("9")],
  ["a global argument, once it is declared", "ARG ID=7\nFROM a\nARG ID\nUSER $ID\n", named("7")],
  ["a stage's own default over that of all", "ARG ID=7\nFROM a\nARG ID=8\nUSER $ID\n", named("8")],
  ["nothing where a variable is the base image's", "FROM a\nUSER $ID\n", UNKNOWN],
  ["nothing where there is no stage", "# nothing\n", UNKNOWN],
])("a Dockerfile says %s", (_title, dockerfile, expected) => {
  expect(user(dockerfile)).toEqual(expected);
});

test("the build's arguments are over every default", () => {
  expect(user("ARG ID=7\nFROM a\nARG ID=8\nUSER $ID\n", { args: { ID: "9" } })).toEqual(named("9"));
  expect(user("ARG B=x\nFROM a AS one\nUSER 1\nFROM a AS two\nUSER 2\nFROM $B\n", { args: { B: "two" } })).toEqual(
    named("2"),
  );
});

test("the target is the stage that counts", () => {
  const dockerfile = "FROM a AS one\nUSER 1\nFROM a AS two\nUSER 2\n";
  expect([user(dockerfile, { target: "ONE" }), user(dockerfile, { target: "three" })]).toEqual([named("1"), UNKNOWN]);
});

test("stages have names", () => {
  expect(stageNames("FROM a AS one\nFROM b\nFROM c as Two\n")).toEqual(["one", "Two"]);
});
