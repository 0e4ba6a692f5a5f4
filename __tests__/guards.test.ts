import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { TerraformElement, TerraformStack } from "cdktf";
import { fleetOf } from "../tools/bench/fleet";
import { loadConfiguration, type Environment } from "../config";
import { clustersApp } from "../synthesis/clusters";
import { synthesize } from "../synthesis/synthesize";
import { disableTokenTraces } from "../synthesis/token-traces";
import { unitsOf } from "../synthesis/units";
import {
  PROJECT,
  SHIPPED,
  resourcesOf,
  stacksIn,
  synthesizeFiles,
  temporaryFolder,
  type Json,
  type StackFile,
} from "./support/synthesized";

/** Enough that threads synthesize it, in more than one batch: more would prove the same. */
const FLEET = "210 clusters with 5 workloads each";

/** What compiles, validates and snapshots well, and is still wrong. Every guard holds for every file that we ship. */
describe.each([...SHIPPED, FLEET])("%s", (title) => {
  let environments: readonly Environment[];
  let outdir: string;
  let stacks: StackFile[];

  beforeAll(async () => {
    const file = title === FLEET ? path.join(temporaryFolder(), "fleet.yaml") : title;
    if (title === FLEET) fs.writeFileSync(file, fleetOf(210));
    outdir = temporaryFolder();
    const settings = { projectDirectory: PROJECT, environments: [file], outputDirectory: outdir, tokenTraces: false };
    ({ environments } = loadConfiguration(settings));
    await synthesize(environments, settings);
    stacks = stacksIn(outdir);
  }, 300_000);

  const each = (check: (stack: StackFile) => void) => {
    expect(stacks.length).toBeGreaterThan(2);
    stacks.forEach(check);
  };

  it("leaves no unresolved token or undefined value in any file", () => {
    each(({ text }) => {
      expect(text).not.toMatch(/undefined|TfToken\[|\[object Object\]|unresolved-token/);
    });
  });

  it("names no folder or user of this machine", () => {
    const places = [PROJECT, `${os.tmpdir()}/`, os.homedir()];
    for (const text of [
      ...stacks.map((stack) => stack.text),
      fs.readFileSync(path.join(outdir, "manifest.json"), "utf8"),
    ]) {
      for (const place of places) expect(text).not.toContain(place);
    }
  });

  it("has no absolute path but those in a container", () => {
    each(({ json }) => {
      // Ids of Azure are no paths of a machine.
      const absolute = strings(json).filter(
        ([, value]) => value.startsWith("/") && !value.startsWith("/subscriptions/"),
      );
      for (const [key, value] of absolute)
        expect([key, value]).toEqual([expect.stringMatching(/^(args|command|mount_path|path)$/), value]);
    });
  });

  it("declares every address that it refers to", () => {
    each((stack) => {
      const known = new Set(declared(stack));
      expect(references(stack).filter((address) => !known.has(address))).toEqual([]);
    });
  });

  it("reads only outputs that the other stack has", () => {
    each((stack) => {
      for (const [, producer = "", output = ""] of stack.text.matchAll(REMOTE_OUTPUT)) {
        expect(Object.keys(stacks.find(({ name }) => name === producer)?.json.output ?? {})).toContain(output);
      }
    });
  });

  it("synthesizes every element of the tree, none over another", () => {
    disableTokenTraces();
    const units = environments.map((environment) => unitsOf(environment, PROJECT, temporaryFolder()));
    const clusters = units.flatMap((unit) => unit.clusters);
    const app = clustersApp(
      clusters.map((unit) => unit.given()),
      temporaryFolder(),
    );
    const parts = [...units.map(({ shared }) => shared), ...clusters.map((unit) => ({ ...unit, app }))];
    // Adds what crosses stacks, as the first step of a synthesis, also to those that stand in for others.
    for (const { node } of new Set(parts.map((part) => part.app))) {
      for (const stack of node.children) if (TerraformStack.isStack(stack)) stack.prepareStack();
    }
    const elements = parts
      .flatMap(({ app, stacks: names }) => names.map((name) => app.node.findChild(name)))
      .flatMap(({ node }) => node.findAll())
      .filter((node) => TerraformElement.isTerraformElement(node) && !(node instanceof TerraformStack));
    expect(stacks.reduce((count, stack) => count + blockCount(stack), 0)).toBe(elements.length);
  }, 300_000);

  it("makes stacks direct children of the app, with plain ids", () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(outdir, "manifest.json"), "utf8")) as {
      stacks: Record<string, Json>;
    };
    for (const [name, { constructPath }] of Object.entries(manifest.stacks)) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(constructPath).toBe(name);
    }
  });

  it("keeps each state in a place of its own", () => {
    const places = stacks.map(({ json }) => JSON.stringify(json.terraform.backend ?? json.terraform.cloud));
    expect(new Set(places).size).toBe(stacks.length);
  });

  it("configures the docker provider in no stack but images", () => {
    each(({ name, json }) => {
      if (!name.endsWith("-images")) expect(Object.keys(json.provider ?? {})).not.toContain("docker");
    });
  });

  it("lets no workload stack read the identity of another cluster", () => {
    for (const { name, text } of stacks.filter((stack) => stack.name.includes("-workload-"))) {
      const identities = new Set(
        [...text.matchAll(REMOTE_OUTPUT)].map(([, producer = ""]) => producer).filter((p) => p.includes("-identity-")),
      );
      identities.delete(name.replace("-workload-", "-identity-"));
      expect([...identities]).toEqual([]);
    }
  });

  it("marks what comes from another state's secret as sensitive again", () => {
    for (const stack of stacks.filter(({ name }) => name.includes("-workload-"))) {
      const password =
        /(data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]*active-password[\w-]*|local\.vault_password)/g;
      const uses = stack.text.match(password) ?? [];
      const wrapped = stack.text.match(new RegExp(`sensitive\\(${password.source}\\)`, "g")) ?? [];
      // Twice in each secret: as the password, and in `auth`.
      expect(uses).toHaveLength(2 * resourcesOf(stack, "kubernetes_secret_v1").length);
      expect(wrapped).toHaveLength(uses.length);
    }
  });

  it("keeps a password that a key vault delivers out of every argument and output that a state keeps", () => {
    for (const stack of stacks.filter(({ json }) => json.ephemeral)) {
      const uses = strings(stack.json).filter(([, value]) => value.includes("local.vault_password"));
      const secrets = resourcesOf(stack, "kubernetes_secret_v1");
      expect(uses.map(([key]) => key)).toEqual(secrets.map(() => ".dockerconfigjson"));
      for (const secret of secrets) expect(secret).not.toHaveProperty("data");
    }
  });

  it("gives no secret to a human output", () => {
    each(({ json }) => {
      for (const [name, { value, sensitive }] of Object.entries(json.output ?? {})) {
        if (/password|\.value\b/.test(value))
          expect([name, sensitive]).toEqual([expect.stringMatching(/^cross-stack-output-/), true]);
      }
    });
  });

  it("sets subscription handling, CLI login and registrations in every azurerm block", () => {
    each(({ json }) => {
      for (const block of json.provider?.azurerm ?? []) {
        expect(block).toMatchObject({
          use_cli: expect.any(Boolean) as boolean,
          resource_provider_registrations: "none",
          features: [{}],
        });
      }
    });
  });

  it("renews passwords before it deletes the old ones, with absolute ends", () => {
    for (const stack of stacks.filter(({ name }) => name.includes("-identity-"))) {
      const passwords = resourcesOf(stack, "azuread_application_password");
      expect(passwords).not.toHaveLength(1);
      for (const password of passwords) {
        expect(password).toMatchObject({
          lifecycle: { create_before_destroy: true },
          end_date: expect.stringMatching(/^\$\{timeadd\(/) as string,
        });
        expect(password).not.toHaveProperty("end_date_relative");
      }
    }
  });

  it("keeps owners, adopts no principal, and assigns roles on the registry alone", () => {
    for (const stack of stacks.filter(({ name }) => name.includes("-identity-"))) {
      for (const type of ["azuread_application", "azuread_service_principal"]) {
        for (const resource of resourcesOf(stack, type)) {
          expect(resource.owners).toHaveLength(Math.max(1, (resource.owners as string[]).length));
          expect(resource).not.toHaveProperty("use_existing");
        }
      }
      const roles = resourcesOf(stack, "azurerm_role_assignment");
      const tokens = resourcesOf(stack, "azurerm_container_registry_token");
      expect(roles).toHaveLength(tokens.length > 0 ? 0 : 1);
      for (const role of roles)
        expect(role).toMatchObject({
          principal_type: "ServicePrincipal",
          principal_id: expect.stringMatching(
            /^\$\{(azuread_service_principal\.[\w-]+|data\.azurerm_kubernetes_cluster\.cluster\.kubelet_identity\[0])\.object_id}$/,
          ) as string,
          scope: expect.stringMatching(/-registry\.outputs\.cross-stack-output-[\w-]*id}$/) as string,
        });
    }
  });

  it("keeps secret, deployment and service of a workload in one explicit namespace, and orders them by reference", () => {
    for (const stack of stacks.filter(({ name }) => name.includes("-workload-"))) {
      const namespaceOf = (resource: Json) => (resource.metadata as Json).namespace;
      const secrets = resourcesOf(stack, "kubernetes_secret_v1");
      const services = resourcesOf(stack, "kubernetes_service_v1").map((service) =>
        JSON.stringify([namespaceOf(service), (service.spec as Json).selector]),
      );
      expect(new Set(secrets.map(namespaceOf)).size).toBe(secrets.length);
      for (const deployment of resourcesOf(stack, "kubernetes_deployment_v1")) {
        const namespace = namespaceOf(deployment);
        expect(namespace).toEqual(expect.any(String));
        const isServed = JSON.stringify(deployment).includes('"container_port"');
        const { match_labels: labels } = (deployment.spec as { selector: { match_labels: Json } }).selector;
        expect(services.includes(JSON.stringify([namespace, labels]))).toBe(isServed);
        if (secrets.length === 0) continue;
        const secretName = strings(deployment).find(([, value]) => value.includes("kubernetes_secret_v1"))?.[1] ?? "";
        const id = /kubernetes_secret_v1\.([\w-]+)\.metadata\[0]\.name/.exec(secretName)?.[1] ?? "";
        expect(namespaceOf(stack.json.resource?.kubernetes_secret_v1?.[id] ?? { metadata: {} })).toBe(namespace);
      }
    }
  });

  it("writes pull secrets of the right type, in plain text, renewable in place", () => {
    for (const stack of stacks.filter(({ name }) => name.includes("-workload-"))) {
      for (const secret of resourcesOf(stack, "kubernetes_secret_v1")) {
        expect(secret.type).toBe("kubernetes.io/dockerconfigjson");
        expect(dockerConfigOf(secret)).toMatch(/^\$\{join\("", /);
        expect(secret).not.toHaveProperty("immutable");
      }
    }
  });

  it("deploys by digest, or by a tag that holds a hash, from the host that the pull secret is for", () => {
    for (const stack of stacks.filter(({ name }) => name.includes("-workload-"))) {
      const images = strings(stack.json)
        .filter(([key]) => key === "image")
        .map(([, value]) => value);
      expect(images.length).toBeGreaterThanOrEqual(resourcesOf(stack, "kubernetes_deployment_v1").length);
      // With pin: false a tag is what the file wants.
      for (const image of images.filter((one) => !one.endsWith("/shop/nightly:main"))) {
        expect(image).toMatch(
          /^\$\{[^}]+}\/[a-z0-9/._-]+(@sha256:[0-9a-f]{64}|@\$\{[^}]+docker_registry_imageimages_\w[\w-]*_(push_\w+id|tag_\w+sha256_digest)}|\$\{[^}]+localimages_\w+_reference_\w+})$/,
        );
        const host = /^\$\{([^}]+)}/.exec(image)?.[1] ?? "";
        for (const secret of resourcesOf(stack, "kubernetes_secret_v1")) {
          expect(dockerConfigOf(secret)).toContain(`jsonencode(${host})`);
        }
      }
    }
  });

  it("gives up on a rollout before Terraform does", () => {
    for (const stack of stacks) {
      for (const deployment of resourcesOf(stack, "kubernetes_deployment_v1")) {
        const { create, update } = deployment.timeouts as { create: string; update: string };
        const deadline = (deployment.spec as Json).progress_deadline_seconds as number;
        expect(parseInt(create)).toBeGreaterThan(deadline);
        expect(parseInt(update)).toBeGreaterThan(deadline);
      }
    }
  });

  it("always names a kubeconfig context, or the host of an AKS cluster", () => {
    each(({ json }) => {
      for (const block of json.provider?.kubernetes ?? [])
        expect(block.config_context ?? block.host).toEqual(expect.any(String));
    });
  });

  it("builds from an asset, pushes what it built, and leaves manifests that pods may still run", () => {
    for (const stack of stacks.filter(({ name }) => name.endsWith("-images"))) {
      for (const image of resourcesOf(stack, "docker_image")) {
        const { context } = image.build as { context: string };
        expect(context).toMatch(/^assets\//);
        expect(fs.existsSync(path.join(outdir, "stacks", stack.name, context, "Dockerfile"))).toBe(true);
        const { address } = (stack.json.provider?.docker?.[0]?.registry_auth as { address: string }[])[0] ?? {
          address: "",
        };
        expect(String(image.name).startsWith(`${address}/`)).toBe(true);
      }
      const triggers = (type: string) => resourcesOf(stack, type).map((resource) => JSON.stringify(resource.triggers));
      expect(triggers("docker_registry_image")).toEqual(triggers("docker_image"));
      for (const push of resourcesOf(stack, "docker_registry_image")) {
        expect(push.keep_remotely).toBe(true);
        expect(push).not.toHaveProperty("auth_config");
      }
    }
  });
});

it("pins ids and names of outputs: consumers that are already deployed depend on them", () => {
  const outdir = synthesizeFiles(["environments/demo.yaml"]);
  const contract = stacksIn(outdir).map(({ name, json }) => ({
    stack: name,
    addresses: Object.entries(json.resource ?? {}).flatMap(([type, blocks]) =>
      Object.keys(blocks).map((id) => `${type}.${id}`),
    ),
    outputs: Object.keys(json.output ?? {}),
  }));
  expect(contract).toMatchSnapshot();
});

const REMOTE_OUTPUT = /data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)/g;

function dockerConfigOf({ data, data_wo }: Json): unknown {
  return ((data ?? data_wo) as Json)[".dockerconfigjson"];
}

/** Every string in a value, with the key that it stands under. */
function strings(value: unknown, key = ""): [string, string][] {
  if (typeof value === "string") return [[key, value]];
  if (Array.isArray(value)) return value.flatMap((item) => strings(item, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, nested]) => (name === "//" ? [] : strings(nested, name)));
}

/** Addresses in all expressions of a stack, cut down to what a block declares. */
function references({ json }: StackFile): string[] {
  const expressions = strings(json).flatMap(([, text]) => text.match(/\$\{.*}/gs) ?? []);
  return expressions.flatMap((expression) => {
    const code = expression.replace(/"(\\.|[^"\\])*"/g, '""');
    const found = code.match(
      /\b(data\.\w+\.[\w-]+|(local|var)\.[\w-]+|(ephemeral\.)?(azurerm|azuread|kubernetes|docker)_\w+\.[\w-]+)/g,
    );
    return found ?? [];
  });
}

function declared({ json }: StackFile): string[] {
  const addresses = (blocks: Record<string, object> = {}, prefix = "") =>
    Object.entries(blocks).flatMap(([type, named]) => Object.keys(named).map((name) => `${prefix}${type}.${name}`));
  return [
    ...addresses(json.resource),
    ...addresses(json.data, "data."),
    ...addresses(json.ephemeral, "ephemeral."),
    ...Object.keys(json.locals ?? {}).map((name) => `local.${name}`),
    ...Object.keys(json.variable ?? {}).map((name) => `var.${name}`),
  ];
}

/** Blocks that an element of the construct tree stands behind. */
function blockCount({ json }: StackFile): number {
  const named = (blocks: Record<string, object> = {}) =>
    Object.values(blocks).reduce((sum, block) => sum + Object.keys(block).length, 0);
  const flat = [json.locals, json.variable, json.output].reduce(
    (sum, block) => sum + Object.keys(block ?? {}).length,
    0,
  );
  const providers = Object.values(json.provider ?? {}).reduce((sum, list) => sum + list.length, 0);
  // What finds an object that is adopted belongs to the element of its import, and is called after it.
  const data = Object.values(json.data ?? {}).flatMap((blocks) =>
    Object.keys(blocks).filter((name) => !name.includes("_adopted")),
  );
  const blocks = [json.removed, json.import].reduce((sum, list) => sum + (list ?? []).length, 0);
  return named(json.resource) + data.length + blocks + flat + providers + 1;
}
