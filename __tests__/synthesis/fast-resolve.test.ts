import { DefaultTokenResolver, Fn, Lazy, StringConcat, TerraformStack, Testing, Token, Tokenization, ref } from "cdktf";
import fc from "fast-check";
import { resolveFast } from "../../synthesis/fast-resolve";
import { temporaryFolder } from "../support/synthesized";

const stack = new TerraformStack(Testing.app({ outdir: temporaryFolder() }), "stack");

function resolve(value: unknown): unknown {
  try {
    const resolver = new DefaultTokenResolver(new StringConcat());
    return { value: Tokenization.resolve(value, { scope: stack, preparing: false, resolver }) as unknown };
  } catch (error) {
    return { error: String(error) };
  }
}

const reference = Token.asString(ref("a_b.c.id", stack));
const token = fc.constantFrom<unknown>(
  reference,
  `host/${reference}:v1`,
  Token.asNumber(ref("a_b.c.count", stack)),
  `${Token.asNumber(ref("a_b.c.count", stack))}`,
  Token.asList(ref("a_b.c.list", stack)),
  Token.asStringMap(ref("a_b.c.map", stack)),
  Token.asNumberList(ref("a_b.c.numbers", stack)),
  Fn.join("-", [reference, "x", "${y}"]),
  Fn.jsonencode({ a: reference, b: [1, "2e5"] }),
  Lazy.anyValue({ produce: () => ({ a: undefined, b: [reference, undefined] }) }),
  Lazy.stringValue({ produce: () => `x-${reference}` }),
  "${TfToken[nothing.1]}",
  "#{TfToken[list.1]}",
  "String Map Token Value",
  "Any Map Token Value",
  -123456789,
);
const plain = fc.oneof(
  fc.string(),
  fc.constantFrom<unknown>("1e5", "-e-", "a-1e+289", "${var.x}", "}", "%{if}", "\u0000", new Date(0), undefined, null),
  fc.double(),
  fc.boolean(),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    plain,
    token,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(reference, "resolve", "1e5")), tie("value"), { maxKeys: 3 }),
  ),
}));

it("resolves any value as cdktf does", () => {
  const samples = fc.sample(value, 3000);
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const values = [...samples, circular, stack, () => "", [[undefined]], Object.create(null)];
  const expected = values.map(resolve);
  expect(resolveFast()).toBe(true);
  const actual = values.map(resolve);
  expect(actual).toStrictEqual(expected);
  const outcomes = expected.map((outcome) => Object.keys(outcome as object).join());
  expect(outcomes.filter((outcome) => outcome === "error").length).toBeGreaterThan(100);
  expect(outcomes.filter((outcome) => outcome === "value").length).toBeGreaterThan(1000);
});

it("changes nothing, and says so, where a version of cdktf has no such function", () => {
  const warn = jest.spyOn(process, "emitWarning").mockImplementation();
  const module = { resolve: undefined };
  expect(resolveFast(module)).toBe(false);
  expect(module).toEqual({ resolve: undefined });
  expect(warn.mock.calls).toEqual([["this version of cdktf resolves in another place: synthesis takes twice as long"]]);
  warn.mockRestore();
});
