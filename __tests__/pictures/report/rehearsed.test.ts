import { Run, type FaultRequest, type RunRecord } from "../../../rehearsal";
import { reportPage } from "../../../pictures/report/page";
import { found, secretsOf } from "../../rehearsal/hiding-places";
import { NOON, shipped } from "../../rehearsal/rehearsals";
import { PROJECT } from "../../support/synthesized";
import { describeWithTools } from "../../support/tools";
import { parseHtml } from "../support/parsers";

/** A rehearsal from start to end. */
async function rehearsed(
  file: string,
  faults: readonly FaultRequest[] = [],
  mutate?: (stack: string, json: string) => string,
) {
  const environment = shipped(file);
  const options = { environment, file, projectDirectory: PROJECT, now: NOON, faults, renderer: "silent" as const };
  const run = new Run({ ...options, ...(mutate && { mutate }) });
  await run.deploy();
  // A destroy takes the applications along, and with them whose passwords they were.
  const secrets = secretsOf(run.rehearsal);
  await run.destroy();
  return { record: run.record(), secrets };
}

describeWithTools(["terraform"], "the page of a rehearsal", () => {
  describe("of the demo", () => {
    let record: RunRecord;
    let secrets: ReadonlyMap<string, string>;
    let html: string;

    beforeAll(async () => {
      ({ record, secrets } = await rehearsed("environments/demo.yaml", [{ kind: "away" }]));
      html = await reportPage([record]);
    });

    it("tells who pulled, and who starts while the registry is away", () => {
      expect(record.pulls.map(({ cluster, principal, refusal }) => [cluster, principal, refusal])).toEqual([
        ["aksdemo2", "acr-sp-demo", undefined],
      ]);
      expect(parseHtml(html).text).toMatch(
        /Who starts while the registry is away .* aksdemo2 default\/acr-app2 1 of 1/,
      );
    });

    it("tells every step of every stack, and the plans", () => {
      for (const { name } of record.report.stacks) {
        expect(record.steps.filter(({ stack }) => stack === name).map(({ step }) => step)).toEqual([
          ...["init", "plan", "apply", "second plan", "destroy"],
        ]);
      }
      expect(
        record.plans.get("demo-registry")?.map(({ action, address }) => `${action} ${address.split(".")[0] ?? ""}`),
      ).toEqual(["create azurerm_resource_group", "create azurerm_container_registry"]);
    });

    it("has the dates that the cluster's secret had", () => {
      const [pull] = record.report.story?.pulls ?? [];
      expect(pull?.applyBefore).toMatch(/^2026-/);
      expect(html).toContain(`apply before ${pull?.applyBefore.slice(0, 10) ?? ""}`);
    });

    it("is smaller than 300 kB", () => {
      expect(Buffer.byteLength(html)).toBeLessThan(300_000);
    });

    it("is the same again but for times", async () => {
      const again = await rehearsed("environments/demo.yaml", [{ kind: "away" }]);
      const timeless = (text: string) =>
        text.slice(0, text.indexOf('id="demo.timings"')).replace(/\d+(\.\d+)?( s|<\/td>)/g, "");
      expect(timeless(await reportPage([again.record]))).toBe(timeless(html));
    });

    it("holds no password", () => {
      expect(secrets.size).toBeGreaterThan(3);
      expect(found(html, secrets)).toEqual([]);
    });
  });

  it.each(["examples/pull-methods.yaml", "examples/federated.yaml"])(
    "of %s holds no password and no token",
    async (file) => {
      const { record, secrets } = await rehearsed(file);
      const html = await reportPage([record]);
      expect(record.report.passed).toBe(true);
      expect(found(html, secrets)).toEqual([]);
      // Of tokens that are signed: header, claims, signature.
      expect(html).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
    },
  );

  it("of one that fails has the failure with its cause, who was refused, and no password", async () => {
    const withoutRole = (stack: string, json: string) =>
      stack.includes("-identity-") ? json.replaceAll('"AcrPull"', '"AcrDelete"') : json;
    const { record, secrets } = await rehearsed("environments/demo.yaml", [], withoutRole);
    const html = await reportPage([record]);
    const { text } = parseHtml(html);
    expect(record.report.failure?.cause).toBe("role-missing");
    expect(record.pulls.map(({ principal, refusal }) => [principal, refusal?.cause])).toEqual([
      ["acr-sp-demo", "role-missing"],
    ]);
    expect(record.steps.filter(({ failed }) => failed).map(({ stack, step }) => `${stack} ${step}`)).toEqual([
      "demo-workload-aksdemo2 apply",
    ]);
    expect(text).toContain("demo-workload-aksdemo2 failed at its apply");
    expect(found(html, secrets)).toEqual([]);
  });
});
