import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { Terraform } from "../../terraform/terraform";
import { scheduleAt } from "../support/rotation";
import { stackIn, synthesizeYaml, temporaryFolder, type Json } from "../support/synthesized";
import { describeWithTools } from "../support/tools";

const ROTATIONS = [
  { periodDays: 30, slots: 4, lag: 1, maximumLifetimeDays: 180 },
  { periodDays: 7, slots: 6, lag: 2, maximumLifetimeDays: 180 },
  { periodDays: 1, slots: 2, lag: 0, maximumLifetimeDays: 180 },
];

/** Days on which calendar arithmetic goes wrong, and random ones until 2199. */
const TIMES = [
  ...["2004-01-01T00:00:00Z", "2004-02-29T23:59:59Z", "2004-12-31T12:00:00Z", "2024-02-28T00:00:00Z"],
  ...["2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z", "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z"],
  ...["2026-10-25T01:30:00Z", "2099-12-31T23:59:59Z", "2100-02-28T23:59:59Z", "2100-03-01T00:00:00Z"],
  ...fc
    .sample(fc.date({ min: new Date("2004-01-01"), max: new Date("2199-12-31"), noInvalidDate: true }), {
      numRuns: 60,
      seed: 1,
    })
    .map((date) => date.toISOString().replace(/\.\d+/, "")),
];

function identityStack(rotation: object): Json & ReturnType<typeof stackIn>["json"] {
  const outdir = synthesizeYaml(`
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: {}
clusters:
  one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: pull, rotation: ${JSON.stringify(rotation)} } } }
workloads: {}
`);
  return stackIn(outdir, "-identity-one").json;
}

async function terraform(cwd: string, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await new Terraform({ cwd }).run(args);
  if (code !== 0) throw new Error(`terraform ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

describeWithTools(["terraform"], "the rotation clock in Terraform", () => {
  it.each(ROTATIONS)(
    "agrees with the scheme at every time, with $slots slots of $periodDays days and lag $lag",
    async (rotation) => {
      const { locals = {}, resource = {} } = identityStack(rotation);
      const passwords = Object.values(resource.azuread_application_password ?? {});
      const numbers = ["generation", "active_slot", "expires", "apply_before"];
      const clock = Object.fromEntries(Object.entries(locals).filter(([name]) => !name.includes("password")));
      // One copy of the clock for each time, all in one configuration.
      const copies = TIMES.map((time, index) => {
        const rename = (expression: unknown) => String(expression).replace(/\blocal\./g, `local.t${index}_`);
        const own = Object.entries(clock).map(([name, value]) => [
          `t${index}_${name}`,
          rename(value).replace("var.now", `"${time}"`).replaceAll("var.active_slot", "-1"),
        ]);
        const ends = passwords.map((password) => rename(password.end_date));
        const output = [...numbers.map((name) => `\${local.t${index}_${name}}`), ends];
        return { locals: Object.fromEntries(own) as Json, output };
      });
      const folder = temporaryFolder();
      const configuration = {
        locals: Object.assign({}, ...copies.map((copy) => copy.locals)) as Json,
        output: { all: { value: copies.map((copy) => copy.output) } },
      };
      fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(configuration));
      await terraform(folder, ["apply", "-auto-approve"]);

      const actual = JSON.parse(await terraform(folder, ["output", "-json", "all"])) as unknown[][];
      const expected = TIMES.map((time) => {
        const { generation, activeSlot, expires, applyBefore, slotEnds } = scheduleAt(new Date(time), rotation);
        return [generation, activeSlot, expires, applyBefore, slotEnds];
      });
      expect(actual).toEqual(expected);
      expect(actual.map(([, slot, expires, , ends]) => (ends as string[])[slot as number] === expires)).not.toContain(
        false,
      );
    },
  );

  it("plans for the present, and refuses a time that is not UTC", async () => {
    const { locals = {}, variable } = identityStack(ROTATIONS[0] ?? {});
    const folder = temporaryFolder();
    const clock = Object.fromEntries(Object.entries(locals).filter(([name]) => !name.includes("password")));
    const output = { generation: { value: "${local.generation}" } };
    fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify({ variable, locals: clock, output }));
    await terraform(folder, ["apply", "-auto-approve"]);
    const now = scheduleAt(new Date(), { periodDays: 30, slots: 4, lag: 1, maximumLifetimeDays: 180 });
    expect(await terraform(folder, ["output", "-raw", "generation"])).toBe(String(now.generation));
    for (const time of ["2026-01-31", "2026-01-31T00:00:00+02:00", "tomorrow", "2019-12-31T23:59:59Z"]) {
      const plan = terraform(folder, ["plan", "-no-color", "-var", `now=${time}`]);
      await expect(plan).rejects.toThrow(
        "now must be empty or a time in UTC from 2020 on, such as 2026-01-31T00:00:00Z.",
      );
    }
  });
});
