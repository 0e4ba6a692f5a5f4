import fs from "node:fs";
import path from "node:path";
import { manifestFiles } from "../../manifests/manifest-files";
import { projectWith } from "../support/environment";

const FILES = { "k8s/b.yml": "", "k8s/a.yaml": "", "k8s/sub/c.json": "", "k8s/README.md": "", "one.yaml": "" };

it("lists what kubectl reads in a folder, in order, below it as well", () => {
  expect(manifestFiles(projectWith(FILES), "k8s")).toEqual({
    files: ["k8s/a.yaml", "k8s/b.yml", "k8s/sub/c.json"],
    strangers: [],
  });
});

it("takes a single file, by whatever path", () => {
  expect(manifestFiles(projectWith(FILES), "./k8s/../one.yaml").fault).toMatch(/below the folder/);
  expect(manifestFiles(projectWith(FILES), "./one.yaml").files).toEqual(["one.yaml"]);
});

test.each([
  ["..", "must be a file or folder below the folder of cdktf.json, or stand beside allowOutside: true"],
  ["/etc", "must be relative to the folder of cdktf.json"],
  ["absent", "must be a file or folder that is there"],
  ["k8s/README.md", "must be a folder, or a file that ends in .yaml, .yml or .json"],
  ["docker-manifests", "must hold a file that ends in .yaml, .yml or .json"],
])("refuses %s", (place, fault) => {
  expect(manifestFiles(projectWith(FILES), place).fault).toBe(fault);
});

test.each([
  [
    "kustomization.yaml",
    "is the input of kustomize, not a manifest: render it first: kustomize build k8s > <another folder>/manifests.yaml",
  ],
  [
    "Kustomization",
    "is the input of kustomize, not a manifest: render it first: kustomize build k8s > <another folder>/manifests.yaml",
  ],
  [
    "Chart.yaml",
    "is part of a Helm chart, not a manifest: render it first: helm template k8s > <another folder>/manifests.yaml",
  ],
  [
    "values.yaml",
    "is part of a Helm chart, not a manifest: render it first: helm template k8s > <another folder>/manifests.yaml",
  ],
])("says of %s what to do first", (name, rest) => {
  expect(manifestFiles(projectWith({ [`k8s/${name}`]: "" }), "k8s").strangers).toEqual([`k8s/${name}:1:1 ${rest}`]);
});

it("takes a folder beside the project where it is allowed to, and no link out of that", () => {
  const project = path.join(
    projectWith({ "app/k8s/web.yaml": "", "secret.yaml": "", "infra/cdktf.json": "" }),
    "infra",
  );
  expect(manifestFiles(project, "../app/k8s", true)).toEqual({ files: ["../app/k8s/web.yaml"], strangers: [] });
  fs.symlinkSync("../../secret.yaml", path.join(project, "../app/k8s/link.yaml"));
  expect(manifestFiles(project, "../app/k8s", true).fault).toMatch(/link that leads out of it/);
  expect(manifestFiles(project, "/etc", true).fault).toBe("must be relative to the folder of cdktf.json");
});

describe("links", () => {
  const withLink = (target: string, name = "k8s/link.yaml") => {
    const project = projectWith(FILES);
    fs.symlinkSync(target, path.join(project, name));
    return manifestFiles(project, "k8s");
  };

  it("are followed in the folder", () => {
    expect(withLink("sub/c.json").files).toContain("k8s/link.yaml");
  });

  it.each([["../one.yaml"], ["/etc/hostname"], ["nowhere.yaml"]])("to %s are refused", (target) => {
    expect(withLink(target).fault).toBe("must hold no symbolic link that leads out of it, and holds k8s/link.yaml");
  });

  it("to a folder above do not go on for ever", () => {
    expect(withLink("../k8s", "k8s/again").files).toEqual(["k8s/a.yaml", "k8s/b.yml", "k8s/sub/c.json"]);
  });

  it("out of the project are refused where they are the folder itself", () => {
    const project = projectWith(FILES);
    fs.symlinkSync("/etc", path.join(project, "outside"));
    expect(manifestFiles(project, "outside").fault).toBe(
      "must not lead out of the folder of cdktf.json by a symbolic link",
    );
  });
});
