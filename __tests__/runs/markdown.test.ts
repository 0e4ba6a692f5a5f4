import { runMarkdown } from "../../runs/markdown";
import type { RunReport, StackReport } from "../../runs/run-report";

const stack = (name: string, rest: Partial<StackReport> = {}): StackReport => ({
  ...{ stack: name, digest: "1", outcome: "unchanged", seconds: 1 },
  ...rest,
});
const report = (stacks: readonly StackReport[], rest: Partial<RunReport> = {}): RunReport => ({
  ...{ command: "apply", stacks },
  ...rest,
});

test("begins with what went wrong, and says what to run again", () => {
  const text = runMarkdown([
    report([
      stack("a-registry"),
      stack("a-images", { outcome: "changed", counts: "1 to add, 0 to change, 0 to destroy" }),
    ]),
    report(
      [
        stack("a-identity-x", { outcome: "failed", reason: "403 | no right\nmore" }),
        stack("a-workload-x", { outcome: "not begun", reason: "comes after a-identity-x" }),
      ],
      { shard: "2/8" },
    ),
  ]);
  expect(text).toBe(`## Apply

| stack | result |
| --- | --- |
| a-identity-x | failed: 403 \\| no right |
| a-workload-x | not begun: comes after a-identity-x |
| a-images | 1 to add, 0 to change, 0 to destroy |

1 of 4 stacks have no changes.

To run again, for what failed or was not begun:

- \`npx acr-pull apply --shard 2/8\`
`);
});

test("has no markup of what was said", () => {
  const hostile = "<img src=x onerror=alert(1)> `x` [a](javascript:b) **c** | d\n| e |";
  const text = runMarkdown([
    report([
      stack("a", { outcome: "failed", reason: hostile }),
      stack("b", {
        outcome: "changed",
        plan: { changes: [{ action: "create", address: 'x.y["`</details>"]' }], outputs: [], warnings: [hostile] },
      }),
    ]),
  ]);
  expect(text).not.toMatch(/<img|[^\\]`x`|[^\\]\[a|[^\\]\*\*c/);
  expect(text.split("\n").filter((line) => line.startsWith("| "))).toHaveLength(4);
});

test("stays within what the systems take, for a fleet in which everything fails and everything changes", () => {
  const changes = Array.from({ length: 80 }, (_, index) => ({
    ...{ action: "create" as const, address: `azurerm_role_assignment.one_of_many_${index}` },
  }));
  const plan = { changes, outputs: [], warnings: [] };
  const stacks = Array.from({ length: 2002 }, (_, index) =>
    index % 2 === 0
      ? stack(`fleet-identity-${index}`, { outcome: "changed", plan })
      : stack(`fleet-workload-${index}`, { outcome: "failed", reason: "x".repeat(5000) }),
  );
  const text = runMarkdown([report(stacks, { command: "plan" })]);
  expect(text.length).toBeLessThan(1_000_000);
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  expect(text.split("\n")).toContain("1502 more stacks are not in the table.");
});
