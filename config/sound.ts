import { isMapping, valueOf } from "./mapping";
import type { Problem } from "./problem";
import { environmentSchema, type WrittenEnvironment } from "./schema/environment";

/** Sections that are one thing, not a map of entries that stand each for itself. */
const WHOLE_SECTIONS = ["registry", "backend"];

type WrittenSound = Omit<WrittenEnvironment, "registry"> & Partial<Pick<WrittenEnvironment, "registry">>;

/** Parses what is left when every entry with a problem is taken out, so that the rules between entries can still be checked. */
export function parseSound(data: unknown, problems: readonly Problem[]): WrittenSound | undefined {
  if (!isMapping(data) || problems.some(({ path }) => path.length === 0)) return undefined;
  const sections = Object.entries(data).filter(([section]) => section !== "defaults");
  const sound = Object.fromEntries(sections.map(([key, value]) => [key, isMapping(value) ? { ...value } : value]));
  for (const {
    path: [section, entry],
  } of problems) {
    const entries = sound[String(section)];
    if (isMapping(entries) && entry !== undefined && !WHOLE_SECTIONS.includes(String(section)))
      Reflect.deleteProperty(entries, entry);
    else Reflect.deleteProperty(sound, String(section));
  }
  const { data: parsed } = environmentSchema
    .partial({ registry: true })
    .safeParse({ images: {}, clusters: {}, workloads: {}, ...sound });
  return parsed;
}

/** Keys of a section, also of entries with errors of their own. */
export function declaredKeys(data: unknown, section: string): string[] {
  const entries = valueOf(data, section);
  return isMapping(entries) ? Object.keys(entries) : [];
}

/** Namespaces of all workloads, also of those with errors of their own. */
export function declaredNamespaces(data: unknown): string[] {
  const workloads = valueOf(data, "workloads");
  return Object.values(isMapping(workloads) ? workloads : {}).flatMap((workload) => {
    const namespace = valueOf(workload, "namespace");
    return typeof namespace === "string" ? [namespace] : [];
  });
}
