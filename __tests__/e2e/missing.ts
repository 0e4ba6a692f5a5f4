import { spawnSync } from "node:child_process";

/** The Debian package that has each program, where there is one. */
const PROGRAMS: Readonly<Record<string, string>> = {
  docker: "docker.io",
  "docker-registry": "docker-registry",
  skopeo: "skopeo",
  openssl: "openssl",
  terraform: "",
};

/** @returns Why the tests cannot run here, or undefined where every program is there. @param further As PROGRAMS. */
export function missingPrograms(further: Readonly<Record<string, string>> = {}): string | undefined {
  const programs = { ...PROGRAMS, ...further };
  const missing = Object.keys(programs).filter((name) => spawnSync(name, ["--version"]).error !== undefined);
  if (missing.length === 0) return undefined;
  const packages = missing.map((name) => programs[name]).filter(Boolean);
  const hint = packages.length > 0 ? ` (apt-get install -y ${packages.join(" ")})` : "";
  return `${missing.join(", ")} not on the PATH${hint}`;
}
