import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { docker } from "../../preview/docker";

/** Name of the base image in the e2e environment file. It exists in the engine only. */
export const BASE_IMAGE = "acr-pull-e2e/nginx:local";

/**
 * Gives the engine a base image: E2E_BASE_IMAGE, pulled, where there is a network that has it; else nginx from packages
 * of Debian, without a shell. Its log file leads to stderr, as in nginx's own image.
 */
export async function provideBaseImage(): Promise<void> {
  const { E2E_BASE_IMAGE: real } = process.env;
  if (real !== undefined) {
    await docker(["pull", real]);
    await docker(["tag", real, BASE_IMAGE]);
    return;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "base-image-"));
  try {
    const archive = path.join(folder, "root.tar");
    execFileSync("tar", ["--create", "--file", archive, "--directory", makeRoot(folder), "."]);
    await docker(["import", archive, BASE_IMAGE]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** @returns The root file system: nginx, and the packages that it depends on. */
function makeRoot(folder: string): string {
  const packages = path.join(folder, "packages");
  fs.mkdirSync(packages);
  const dependencies = execFileSync("apt-cache", ["depends", "nginx"], { encoding: "utf8" });
  const names = [...dependencies.matchAll(/^ +Depends: ([\w.+-]+)$/gm)].map(([, name = ""]) => name);
  execFileSync("apt-get", ["download", "nginx", "busybox-static", ...new Set(names)], { cwd: packages, stdio: "pipe" });

  const root = path.join(folder, "root");
  // Packages put files in /lib or in /usr/lib: one place, as on every Debian.
  for (const name of ["bin", "lib", "lib64", "sbin"]) {
    fs.mkdirSync(path.join(root, "usr", name), { recursive: true });
    fs.symlinkSync(`usr/${name}`, path.join(root, name));
  }
  for (const file of fs.readdirSync(packages)) {
    const content = execFileSync("dpkg-deb", ["--fsys-tarfile", path.join(packages, file)], { maxBuffer: 2 ** 28 });
    execFileSync("tar", ["--extract", "--keep-directory-symlink", "--directory", root], { input: content });
  }
  // What examples run beside nginx.
  fs.symlinkSync("busybox", path.join(root, "usr/bin/sleep"));
  for (const name of ["etc", "tmp", "usr/share/nginx/html", "var/log/nginx"]) {
    fs.mkdirSync(path.join(root, name), { recursive: true });
  }
  fs.chmodSync(path.join(root, "tmp"), 0o1777);
  fs.writeFileSync(
    path.join(root, "etc/passwd"),
    "nginx:x:101:101::/nonexistent:/sbin/nologin\nnobody:x:65534:65534::/nonexistent:/sbin/nologin\n",
  );
  // Whom nginx becomes where it is started as root.
  fs.writeFileSync(path.join(root, "etc/group"), "nogroup:x:65534:\n");
  fs.symlinkSync("/dev/stderr", path.join(root, "var/log/nginx/error.log"));
  return root;
}
