import { spawnSync } from "node:child_process";
import path from "node:path";
import { Progress } from "../../commands/progress";
import { PROJECT, temporaryFolder } from "../support/synthesized";
import { describeWithTools } from "../support/tools";

/** What a person sees after each write. */
function shown(columns: number | undefined, act: (progress: Progress) => void): string[] {
  const texts: string[] = [];
  const terminal = { write: (text: string) => texts.push(text), ...(columns !== undefined && { columns }) };
  act(new Progress(terminal));
  expect(texts.every((text) => text.startsWith("\r\u001b[K"))).toBe(true);
  return texts.map((text) => text.slice(4));
}

it("counts what was checked and what failed, over all environments", () => {
  expect(
    shown(undefined, (progress) => {
      progress.begin("demo");
      progress.add({ subject: "registry", state: "ok" });
      progress.add({ subject: "cluster edge", state: "failed" });
      progress.begin("prod");
      progress.clear();
    }),
  ).toEqual([
    "demo: 0 checked",
    "demo: 1 checked (registry)",
    "demo: 2 checked, 1 failed (cluster edge)",
    "prod: 2 checked, 1 failed",
    "",
  ]);
});

it("never wraps, since a line that wraps cannot be taken back", () => {
  const [line = ""] = shown(20, (progress) => {
    progress.add({ subject: "cluster with-a-long-name", state: "ok" });
  });
  expect(line).toHaveLength(19);
});

describeWithTools(["script"], "on a terminal", () => {
  /** What a run on a pseudo terminal prints, with the answers of nobody. */
  const typed = (further: Readonly<Record<string, string>>, redirect = ""): string => {
    const variables = Object.entries(process.env).filter(([name]) => name !== "CI" && name !== "NO_COLOR");
    const command = `${process.execPath} ${path.join(PROJECT, "tools/acr-pull.cjs")} verify --environment demo ${redirect}`;
    return spawnSync("script", ["-qec", command, "/dev/null"], {
      encoding: "utf8",
      input: "",
      env: { ...Object.fromEntries(variables), HOME: temporaryFolder(), ...further },
    }).stdout;
  };

  it("shows how far it is, and leaves nothing of it before the report", () => {
    const text = typed({});
    expect(text).toContain("\r\u001b[Kdemo: 0 checked");
    expect(text.replaceAll("\r\n", "\n")).toContain("\r\u001b[Kdemo\n");
  });

  it.each([
    ["NO_COLOR", { NO_COLOR: "1" }, ""],
    ["CI", { CI: "true" }, ""],
    ["a pipe", {}, "2>&1 | cat"],
  ])("shows none of it with %s", (_what, variables, redirect) => {
    const text = typed(variables, redirect);
    expect(text).toContain("kubeconfig-missing");
    expect(text).not.toContain("\u001b");
  });
});
