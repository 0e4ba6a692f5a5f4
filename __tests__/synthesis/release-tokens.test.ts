import { Token, Tokenization, ref } from "cdktf";
import { markTokens } from "../../synthesis/release-tokens";

it("forgets the tokens that came after the mark, and no others", () => {
  const before = Token.asString(ref("a.b.c"));
  const release = markTokens();
  const after = [Token.asString(ref("d.e.f")), `${Token.asNumber(ref("g.h.i"))}`];
  release();
  expect(Tokenization.reverseString(before).tokens).toHaveLength(1);
  expect(() => Tokenization.reverseString(after[0] ?? "")).toThrow("Unrecognized Token Key");
  expect(() => Tokenization.reverseNumber(Number(after[1]))).toThrow("unknown number Token");
});

it("says so where a version of cdktf keeps them elsewhere", () => {
  const warn = jest.spyOn(process, "emitWarning").mockImplementation();
  markTokens({})();
  expect(warn.mock.calls).toEqual([["this version of cdktf keeps its tokens elsewhere: synthesis takes more memory"]]);
  warn.mockRestore();
});
