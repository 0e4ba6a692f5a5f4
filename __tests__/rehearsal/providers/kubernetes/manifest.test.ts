import { createClouds } from "../../../../rehearsal/clouds";
import { KINDS } from "../../../../rehearsal/clouds/kubernetes/kinds";
import type { CustomResource, CustomResourceDefinition } from "../../../../rehearsal/clouds/kubernetes/custom-kinds";
import type { StructuralSchema } from "../../../../rehearsal/clouds/kubernetes/structural-schema";
import type { Controller } from "../../../../rehearsal/clouds/kubernetes/controller";
import { createProviders } from "../../../../rehearsal/providers";
import { describeWithTools } from "../../../support/tools";
import { cleanUp, serve, Workspace } from "../../plugin/workspace";

/** The words are those of hashicorp/kubernetes 2.38.0: manifest/provider/{plan,apply,validate,waiter}.go, manifest/morph/morph.go. */

const WIDGET: StructuralSchema = {
  type: "object",
  properties: {
    spec: {
      type: "object",
      required: ["size"],
      properties: {
        size: { type: "integer" },
        colour: { type: "string", default: "red", enum: ["red", "blue"] },
        parts: {
          type: "array",
          items: { type: "object", properties: { name: { type: "string" }, count: { type: "integer", default: 1 } } },
        },
        labels: { type: "object", additionalProperties: { type: "string" } },
        any: { "x-kubernetes-preserve-unknown-fields": true },
      },
    },
    status: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  },
};

function definition(schema?: StructuralSchema): CustomResourceDefinition {
  return {
    metadata: { name: "widgets.acme.io" },
    spec: {
      group: "acme.io",
      names: { kind: "Widget", plural: "widgets" },
      scope: "Namespaced",
      versions: [{ name: "v1", ...(schema && { schema: { openAPIV3Schema: schema } }) }],
    },
  };
}

const widget = (spec: object, more: object = {}) => ({
  manifest: { apiVersion: "acme.io/v1", kind: "Widget", metadata: { name: "w", namespace: "default", ...more }, spec },
});

async function setUp(schema: StructuralSchema | "none" | "unknown" = WIDGET) {
  const clouds = createClouds({ now: new Date("2026-01-01T00:00:00Z"), clusters: [{ context: "edge" }] });
  const [cluster] = clouds.clusters;
  if (!cluster) throw new Error("no cluster");
  const definitions = cluster.api.of<CustomResourceDefinition>(KINDS.customResourceDefinition);
  if (schema !== "none") definitions.create(definition(schema === "unknown" ? undefined : schema));
  const model = createProviders(clouds, {}).kubernetes;
  const workspace = new Workspace(await serve("kubernetes", { resources: ["kubernetes_manifest"] }, model));
  const write = (attributes: object, more: object = {}) =>
    workspace.write({
      provider: { kubernetes: { config_context: "edge" } },
      resource: { kubernetes_manifest: { w: attributes } },
      ...more,
    });
  const kind = () => {
    const found = cluster.api.kindOf("acme.io/v1", "Widget");
    if (!found) throw new Error("no kind");
    return cluster.api.of<CustomResource>(found);
  };
  const failure = async (command: string, ...args: string[]) => {
    const { code, stdout, stderr } = await workspace.run(command, ...args);
    return code === 0 ? "none" : `${stdout}${stderr}`.replace(/[╷│╵]/g, "").replace(/\s+/g, " ");
  };
  return { cluster, workspace, write, kind, failure };
}

afterEach(cleanUp);

describeWithTools(["terraform"], "an object by its manifest", () => {
  test("is applied with what its definition fills in, after which there is nothing left to do", async () => {
    const { workspace, write, kind } = await setUp();
    await write(widget({ size: 2, parts: [{ name: "a" }], labels: { a: "b" }, any: { x: [1, "y"] } }));
    await workspace.succeed("apply", "-auto-approve");

    expect(kind().get("default", "w")).toMatchObject({
      apiVersion: "acme.io/v1",
      kind: "Widget",
      spec: { size: 2, colour: "red", parts: [{ name: "a", count: 1 }], labels: { a: "b" }, any: { x: [1, "y"] } },
    });
    expect(workspace.attributes("kubernetes_manifest")?.object).toMatchObject({
      value: { spec: { colour: "red" }, metadata: { name: "w", labels: null, uid: null } },
    });
    expect(await workspace.isSettled()).toBe(true);
    await workspace.succeed("destroy", "-auto-approve");
    expect(kind().values()).toEqual([]);
  });

  test("changes in place; what is no longer said goes back to its default", async () => {
    const { workspace, write, kind } = await setUp();
    await write(widget({ size: 2, colour: "blue" }));
    await workspace.succeed("apply", "-auto-approve");
    await write(widget({ size: 3 }));

    expect(await workspace.succeed("plan")).toContain("will be updated in-place");
    await workspace.succeed("apply", "-auto-approve");
    expect(kind().get("default", "w")?.spec).toEqual({ size: 3, colour: "red" });
    expect(await workspace.isSettled()).toBe(true);
  });

  test("is replaced where its name changes", async () => {
    const { workspace, write } = await setUp();
    await write(widget({ size: 2 }));
    await workspace.succeed("apply", "-auto-approve");
    await write(widget({ size: 2 }, { name: "other" }));

    expect(await workspace.succeed("plan")).toMatch(/must be replaced[^]*~ name += "w" -> "other"/);
  });

  test("keeps what others do to its labels, annotations, finalizers and status", async () => {
    const { workspace, write, kind } = await setUp();
    await write(widget({ size: 2 }, { labels: { own: "1" } }));
    await workspace.succeed("apply", "-auto-approve");
    const before = kind().require("default", "w");
    kind().replace({
      ...before,
      metadata: {
        ...before.metadata,
        finalizers: ["acme.io/f"],
        annotations: { theirs: "2" },
        labels: { own: "1", theirs: "3" },
      },
    });
    kind().setStatus("default", "w", { conditions: [] });

    expect(await workspace.isSettled()).toBe(true);
    await write(widget({ size: 3 }, { labels: { own: "1" } }));
    await workspace.succeed("apply", "-auto-approve");
    expect(kind().get("default", "w")?.metadata).toMatchObject({
      annotations: { theirs: "2" },
      labels: { theirs: "3" },
    });
  });

  test("fields that others set are drift, unless they are computed", async () => {
    const { workspace, write, kind } = await setUp();
    const change = () => {
      const before = kind().require("default", "w");
      kind().replace({ ...before, spec: { size: 9, colour: "red" } });
    };
    await write(widget({ size: 2 }));
    await workspace.succeed("apply", "-auto-approve");
    change();
    expect(await workspace.isSettled()).toBe(false);
    await write({ ...widget({ size: 2 }), computed_fields: ["spec.size"] });
    await workspace.succeed("apply", "-auto-approve");
    change();
    expect(await workspace.isSettled()).toBe(true);
  });

  test("takes values that are not known before apply", async () => {
    const { workspace, kind } = await setUp();
    await workspace.write({
      provider: { kubernetes: { config_context: "edge" } },
      resource: {
        terraform_data: { a: { input: "x" } },
        kubernetes_manifest: { w: widget({ size: 2, labels: { a: "${terraform_data.a.output}" } }) },
      },
    });
    await workspace.succeed("apply", "-auto-approve");
    expect(kind().get("default", "w")?.spec).toMatchObject({ labels: { a: "x" } });
    expect(await workspace.isSettled()).toBe(true);
  });

  test("of a kind whose schema nobody knows holds what its manifest says", async () => {
    const { workspace, write, kind } = await setUp("unknown");
    await write(widget({ whatever: [{ a: 1 }] }));
    await workspace.succeed("apply", "-auto-approve");
    expect(await workspace.isSettled()).toBe(true);
    await write(widget({ whatever: [{ a: 1 }, { b: 2 }] }));
    await workspace.succeed("apply", "-auto-approve");
    expect(kind().get("default", "w")?.spec).toEqual({ whatever: [{ a: 1 }, { b: 2 }] });
    expect(await workspace.isSettled()).toBe(true);
  });

  test("of a kind whose definition says nothing is replaced with every change", async () => {
    const { workspace, write } = await setUp({ type: "object", "x-kubernetes-preserve-unknown-fields": true });
    await write(widget({ size: 2 }));
    await workspace.succeed("apply", "-auto-approve");
    expect(await workspace.isSettled()).toBe(true);
    await write(widget({ size: 3 }));
    expect(await workspace.succeed("plan")).toContain("must be replaced");
  });

  test("is imported", async () => {
    const { workspace, write, kind } = await setUp();
    kind().create({ metadata: { name: "w", namespace: "default" }, spec: { size: 2 } });
    await write(widget({ size: 2 }));
    await workspace.succeed(
      "import",
      "kubernetes_manifest.w",
      "apiVersion=acme.io/v1,kind=Widget,namespace=default,name=w",
    );
    await workspace.succeed("apply", "-auto-approve");
    expect(await workspace.isSettled()).toBe(true);
    expect(kind().values()).toHaveLength(1);
  });
});

describeWithTools(["terraform"], "an object by its manifest is refused", () => {
  const without = ({ manifest }: ReturnType<typeof widget>, ...keys: string[]) => ({
    manifest: Object.fromEntries(Object.entries(manifest).filter(([key]) => !keys.includes(key))),
  });
  test.each<[string, string, object, RegExp]>([
    [
      "a field that the definition does not have",
      "plan",
      widget({ size: 1, shade: "x" }),
      /incompatible with resource schema.*Unable to find schema type for attribute: object\.spec\.shade/,
    ],
    [
      "a value of another type",
      "plan",
      widget({ size: [1] }),
      /Required type Number, but got Tuple \.\.\.at attribute: object\.spec\.size/,
    ],
    [
      "a namespace left out",
      "plan",
      { manifest: { ...widget({ size: 1 }).manifest, metadata: { name: "w" } } },
      /Error: Namespace required.*Resources of type 'acme\.io\/v1, Kind=Widget' require a namespace/,
    ],
    [
      "an empty namespace",
      "plan",
      widget({ size: 1 }, { namespace: "" }),
      /Namespace for resource 'acme\.io\/v1, Kind=Widget' cannot be empty/,
    ],
    [
      "a namespace of an object of the cluster",
      "plan",
      { manifest: { apiVersion: "v1", kind: "Namespace", metadata: { name: "a", namespace: "b" } } },
      /Cluster level resource cannot take namespace/,
    ],
    [
      "a version that is not served",
      "plan",
      { manifest: { ...widget({}).manifest, apiVersion: "acme.io/v2" } },
      /API did not recognize GroupVersionKind.*cannot select exact GV from REST mapper/,
    ],
    [
      "a status",
      "validate",
      { manifest: { ...widget({}).manifest, status: {} } },
      /Forbidden attribute key.*'status' attribute key is not allowed in manifest configuration/,
    ],
    [
      "no kind",
      "validate",
      without(widget({}), "kind"),
      /Attribute key missing.*'kind' attribute key is missing from manifest configuration/,
    ],
    [
      "two ways to wait",
      "validate",
      { ...widget({ size: 1 }), wait: [{ fields: { a: "b" }, condition: [{ type: "Ready", status: "True" }] }] },
      /Invalid wait configuration.*You may only set one of/,
    ],
    [
      "a computed field that is none",
      "plan",
      { ...widget({ size: 1 }), computed_fields: ["spec[*].a"] },
      /cannot parse field path element: spec\[\*\]\.a/,
    ],
  ])("%s", async (_title, command, attributes, message) => {
    const { write, failure } = await setUp();
    await write(attributes);
    expect(await failure(command)).toMatch(message);
  });

  test("at plan, where the cluster does not have the kind", async () => {
    const { write, failure } = await setUp("none");
    await write(widget({ size: 1 }));
    expect(await failure("plan")).toMatch(
      /API did not recognize GroupVersionKind from manifest \(CRD may not be installed\).*no matches for kind "Widget" in group "acme\.io"/,
    );
  });

  test("by the API server, where it lacks what is required or has no value that there is", async () => {
    const { write, failure } = await setUp();
    await write(widget({ colour: "blue" }));
    expect(await failure("apply", "-auto-approve")).toContain(
      'Widget.acme.io "w" is invalid: spec.size: Required value',
    );
    await write(widget({ size: 1, colour: "green" }));
    expect(await failure("apply", "-auto-approve")).toContain('supported values: "red", "blue"');
  });

  test("where it is there already", async () => {
    const { write, failure, kind } = await setUp();
    kind().create({ metadata: { name: "w", namespace: "default" }, spec: { size: 2 } });
    await write(widget({ size: 2 }));
    expect(await failure("apply", "-auto-approve")).toMatch(
      /Cannot create resource that already exists.*"default\/w" already exists/,
    );
  });

  test("where somebody else has set a field, unless it is forced", async () => {
    const { cluster, workspace, write, failure, kind } = await setUp();
    await write(widget({ size: 2 }));
    await workspace.succeed("apply", "-auto-approve");
    const known = cluster.api.kindOf("acme.io/v1", "Widget");
    if (!known) throw new Error("no kind");
    const theirs = { metadata: { name: "w", namespace: "default" }, spec: { size: 7 } };
    cluster.api.apply(known, theirs, { name: "kubectl", force: true });
    expect(await failure("apply", "-auto-approve")).toMatch(
      /There was a field manager conflict when trying to apply the manifest for "default\/w".*Apply failed with 1 conflict: conflict with \\"kubectl\\" using acme\.io\/v1: \.spec\.size/,
    );
    await write({ ...widget({ size: 2 }), field_manager: [{ force_conflicts: true }] });
    await workspace.succeed("apply", "-auto-approve");
    expect(kind().get("default", "w")?.spec).toMatchObject({ size: 2 });
  });
});

describeWithTools(["terraform"], "waiting for an object", () => {
  const READY = { wait: [{ condition: [{ type: "Ready", status: "True" }] }] };
  /** A controller that is ready with an object some seconds after it has seen it first. */
  const controller = (seconds: number, status: object): Controller => {
    let since: Date | undefined;
    return {
      ...{ name: "acme", definitions: [], isDown: false, causesOf: () => ["Widget default/w: still painting"] },
      act: (api, time) => {
        const kind = api.kindOf("acme.io/v1", "Widget");
        since ??= time;
        if (kind && time.getTime() - since.getTime() >= seconds * 1000) api.of(kind).setStatus("default", "w", status);
      },
    };
  };
  const ready = { conditions: [{ type: "Ready", status: "True" }], phase: "Done", count: 3 };

  test.each<[string, object]>([
    ["a condition", READY],
    ["fields", { wait: [{ fields: { "status.phase": "^Done$", "status.count": "3" } }] }],
  ])("by %s ends when it is met", async (_title, wait) => {
    const { cluster, workspace, write } = await setUp();
    cluster.install(controller(60, ready));
    await write({ ...widget({ size: 1 }), ...wait });
    await workspace.succeed("apply", "-auto-approve");
    expect(await workspace.isSettled()).toBe(true);
  });

  test("fails when time is up, and leaves the object tainted", async () => {
    const { cluster, workspace, write, failure } = await setUp();
    cluster.install(controller(60, ready));
    await write({ ...widget({ size: 1 }), ...READY, timeouts: [{ create: "30s" }] });
    expect(await failure("apply", "-auto-approve")).toContain("Operation timed out");
    expect(await workspace.succeed("plan")).toContain("is tainted");
  });

  test("for a deletion ends with the finalizers", async () => {
    const { workspace, write, failure, kind } = await setUp();
    await write(widget({ size: 1 }));
    await workspace.succeed("apply", "-auto-approve");
    const before = kind().require("default", "w");
    kind().replace({ ...before, metadata: { ...before.metadata, finalizers: ["acme.io/f"] } });
    expect(await failure("destroy", "-auto-approve")).toContain(
      'Timed out when waiting for resource "w" to be deleted',
    );
  });
});
