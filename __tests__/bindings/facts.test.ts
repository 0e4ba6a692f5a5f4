import { forcesReplacement, providerSchema, resourceFacts, type BlockSchema } from "../../bindings";
import azuread from "../../bindings/facts/azuread.json";
import azurerm from "../../bindings/facts/azurerm.json";
import docker from "../../bindings/facts/docker.json";
import kubernetes from "../../bindings/facts/kubernetes.json";

const PROVIDERS = { azuread, azurerm, docker, kubernetes };
const TYPES = Object.entries(PROVIDERS).flatMap(([provider, { resources }]) =>
  Object.keys(resources).map((type) => [provider, type] as const),
);

it("names the versions that it was read out of", () => {
  expect(Object.values(PROVIDERS).map(({ source }) => source)).toEqual([
    ...[
      "hashicorp/azuread 3.7.0",
      "hashicorp/azurerm 4.55.0",
      "kreuzwerker/docker 3.6.2",
      "hashicorp/kubernetes 2.38.0",
    ],
  ]);
});

it("knows only arguments that the schemas have", () => {
  const unknown = TYPES.flatMap(([provider, type]) => {
    const schema = providerSchema(provider, { resources: [type] }).resources[type];
    const facts = resourceFacts(type) ?? {};
    const paths = [
      ...Object.keys({ ...facts.defaults, ...facts.suppresses, ...facts.conflicts, ...facts.requiredWith }),
      ...[facts.replaces, facts.filledIn, facts.sent, facts.exactlyOneOf?.flat()].flatMap((list) => list ?? []),
    ];
    return paths.filter((path) => !has(schema, path.split("."))).map((path) => `${type}.${path}`);
  });
  expect(unknown).toEqual([]);
});

describe("forcesReplacement", () => {
  it.each([
    ["azurerm_container_registry", ["location", "name", "resource_group_name", "zone_redundancy_enabled"]],
    ["azuread_service_principal", ["client_id"]],
    ["azurerm_no_such_thing", []],
    ["null_resource", []],
  ])("of %s", (type, paths) => {
    expect(forcesReplacement(type)).toEqual(paths);
  });

  it("says what hand-written lists got wrong", () => {
    expect(forcesReplacement("kubernetes_pod_disruption_budget_v1")).toContain("spec");
    expect(forcesReplacement("kubernetes_service_v1")).toContain("spec.health_check_node_port");
    expect(forcesReplacement("docker_image")).toContain("build.build_args");
    expect(forcesReplacement("docker_image")).not.toContain("build.auth_config");
  });

  it("is the same for a type with and without its version", () => {
    expect(forcesReplacement("kubernetes_deployment")).toEqual(forcesReplacement("kubernetes_deployment_v1"));
  });
});

function has(schema: BlockSchema | undefined, [name = "", ...rest]: readonly string[]): boolean {
  if (!schema) return false;
  const nested = schema.blocks[name];
  if (rest.length > 0 && nested) return has(nested.block, rest);
  return name in schema.attributes || name in schema.blocks;
}
