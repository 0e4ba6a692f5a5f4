import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { ConfigError, loadConfiguration, type Environment } from "../../config";
import { synthesizeAtOnce } from "../../synthesis/synthesize";
import { temporaryFolder } from "../support/synthesized";
import { edit, firstFile, MANIFESTS, type Edit, type EditedFile } from "./edited-file";
import { SealedProject, snapshotOf, watchBuilds } from "./sealed-project";

/** `npm run torture` sets more: so many files, each with as many edits. */
const FILES = Number(process.env.EDITED_FILES ?? 12);
const EDITS = 20;

/** What happens between two runs beside edits of the file. */
interface Happening {
  readonly name: string;
  readonly happen: (project: SealedProject, outdir: string) => void;
}

const happening = fc.oneof(
  fc
    .tuple(fc.constantFrom("one", "two"), fc.constantFrom("index.html", ".dockerignore"), fc.nat(2))
    .map(([folder, file, n]): Happening => ({
      name: "content of an image",
      happen: (project) => {
        project.edit(`${folder}/${file}`, `${n}\n`);
      },
    })),
  fc.constantFrom(...Object.entries(MANIFESTS)).chain(([file, contents]) =>
    fc.constantFrom(...contents).map((content): Happening => ({
      name: "content of a manifest",
      happen: (project) => {
        project.edit(file, content);
      },
    })),
  ),
  fc.nat(2).map((n): Happening => ({ name: "code", happen: (project) => (project.code = String(n)) })),
  fc.nat(2).map((n): Happening => ({
    name: "version of the bindings",
    happen: (project) => (project.version = `1.0.${n}`),
  })),
  fc.tuple(fc.nat(), fc.constantFrom("append", "remove", "mode")).map(([index, how]): Happening => ({
    name: "edit of the output",
    happen: (_, outdir) => {
      const files = Object.keys(snapshotOf(outdir));
      if (files.length === 0) return;
      const place = path.join(outdir, files[index % files.length] ?? "");
      if (how === "append") fs.appendFileSync(place, " ");
      else if (how === "remove") fs.rmSync(place);
      else fs.chmodSync(place, 0o700);
    },
  })),
);

interface Step {
  readonly edits: readonly Edit[];
  readonly happening: Happening | undefined;
  readonly traces: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  edits: fc.array(edit, { minLength: 1, maxLength: 2 }),
  happening: fc.option(happening, { nil: undefined, freq: 2 }),
  traces: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
});

afterEach(() => {
  jest.restoreAllMocks();
});

it(`after ${FILES} × ${EDITS} edits the output is, to the byte, that of a run from nothing`, () => {
  const counts = { compared: 0, refused: 0, kept: 0, built: 0 };
  const kinds = new Map<string, number>();
  const note = (name: string) => kinds.set(name, (kinds.get(name) ?? 0) + 1);
  let project = new SealedProject();
  const built = watchBuilds(() => project.stamp());
  fc.assert(
    fc.property(fc.array(step, { minLength: EDITS, maxLength: EDITS }), (steps) => {
      project = new SealedProject();
      for (const [name, [content]] of Object.entries(MANIFESTS)) project.edit(name, content);
      const outdir = temporaryFolder();
      let file = firstFile();
      for (const { edits, happening, traces } of steps) {
        const next = structuredClone(file);
        for (const { apply } of edits) apply(next);
        happening?.happen(project, outdir);
        const environments = loaded(project, next);
        if (environments) file = next;
        else counts.refused++;
        for (const { name } of [...(environments ? edits : []), ...(happening ? [happening] : [])]) note(name);

        const now = environments ?? loaded(project, file) ?? [];
        built.length = 0;
        synthesizeAtOnce(now, project.settings(outdir, { tokenTraces: traces }));
        const fresh = temporaryFolder();
        const again = built.length;
        synthesizeAtOnce(now, project.settings(fresh));
        expect(snapshotOf(outdir)).toEqual(snapshotOf(fresh));
        counts.compared++;
        counts.built += again;
        counts.kept += built.length - 2 * again;
        fs.rmSync(fresh, { recursive: true });
      }
    }),
    { numRuns: FILES, endOnFailure: true },
  );
  if (process.env.EDITED_FILES) console.log(JSON.stringify({ ...counts, kinds: Object.fromEntries(kinds) }));
  expect(counts.compared).toBe(FILES * EDITS);
  // Or it would compare fresh outputs with each other, or only ever one that stays.
  expect(counts.kept).toBeGreaterThan(counts.compared / 2);
  expect(counts.built).toBeGreaterThan(counts.compared);
  expect(counts.refused).toBeLessThan(counts.compared / 2);
});

/** @returns Undefined where the file has a mistake. */
function loaded(project: SealedProject, file: EditedFile): readonly Environment[] | undefined {
  project.file = file;
  try {
    return loadConfiguration(project.settings("unused")).environments;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
