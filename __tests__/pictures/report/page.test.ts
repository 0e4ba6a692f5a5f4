import { reportPage } from "../../../pictures/report/page";
import { CAUSES } from "../../../diagnosis";
import { HOSTILE, HOSTILE_MARKUP } from "../../support/hostile";
import { loadWith } from "../../support/free-text";
import { parseHtml } from "../support/parsers";
import { recordWith } from "./record";

const pageOf = async (text: string) => parseHtml(await reportPage([recordWith(text)]));

it("tells what failed, its cause and its remedy", async () => {
  const { text } = await pageOf("some-words");
  expect(text).toContain("1 of 1 environment failed");
  expect(text).toContain("demo-registry failed at its apply: some-words");
  const { title, remedy } = CAUSES["role-missing"];
  expect(text).toContain(`Cause: ${title}. What to do: ${remedy} (docs/troubleshooting.md#role-missing).`);
});

it("tells each pull with who, by what right and until when, and each refusal with cause and remedy", async () => {
  const { text } = await pageOf("some-words");
  const words = text.replace(/\s+/g, " ");
  expect(words).toContain(
    "aksdemo2 acrdemo2ss.azurecr.io/app:some-words some-words (client-id) some-words 2027-03-10 00:00 UTC 2027-02-08 00:00 UTC 1",
  );
  const { title, remedy } = CAUSES["password-ended"];
  expect(words).toContain(`${title} ${remedy} (docs/troubleshooting.md#password-ended) 1`);
});

it("has the graph, the plans in short and in full, the steps as bars and in numbers, and the calendar", async () => {
  const page = await pageOf("some-words");
  const { text } = page;
  expect(text).toContain("demo-registry 2 1 resource to create 0.5");
  expect(text).toContain("create some-words");
  expect(text).toContain("demo-registry init 0 0.25");
  expect(text).toContain("demo-registry apply 0.25 1 failed");
  expect(text).toContain("demo: a new password every 30 days");
  expect(page.count("svg")).toBe(4);
});

it("says so where nothing failed, and where nobody was refused", async () => {
  const { pulls, report, ...record } = recordWith("x");
  const { failure, log, ...rest } = report;
  expect([failure?.step, log]).toEqual(["apply", "x"]);
  const page = parseHtml(
    await reportPage([
      { ...record, pulls: pulls.slice(0, 1), report: { ...rest, passed: true, leftovers: [], outages: [] } },
    ]),
  );
  for (const words of ["All that was rehearsed passed", "No pull was refused.", "After the destroy nothing was left."])
    expect(page.text).toContain(words);
});

it("has no picture of steps where the cdktf command ran them", async () => {
  const page = parseHtml(await reportPage([{ ...recordWith("x"), steps: [] }]));
  expect(page.text).not.toContain("How long it took");
  expect(page.count("svg")).toBe(3);
});

it("has anchors of its own for every environment", async () => {
  const html = await reportPage([
    recordWith("x"),
    { ...recordWith("x"), environment: { ...recordWith("x").environment, name: "other" } },
  ]);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids).toEqual(expect.arrayContaining(["demo.pulls", "other.pulls", "other.calendar.1"]));
  const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
});

it.each([...HOSTILE, ...HOSTILE_MARKUP])("has %j as text wherever others' words stand", async (value) => {
  const [environment] = loadWith(value, false).environments;
  const page = parseHtml(await reportPage([recordWith(value, environment)]));
  const plain = parseHtml(await reportPage([recordWith("x", loadWith("", false).environments[0])]));
  expect(page.names).toEqual(plain.names);
  for (const name of ["script", "style", "img", "a", "tr", "li", "rect"])
    expect([name, page.count(name)]).toEqual([name, plain.count(name)]);
});
