import { TerraformOutput } from "cdktf";
import { PullIdentity, type PullIdentityProps } from "../../constructs/pull-identity";
import { address, dataSource, resource, resources, synthConstruct, types } from "../support/environment";
import type { StackFile } from "../support/synthesized";
import { text } from "../support/text";

const PROPS: PullIdentityProps = {
  displayName: text("acr-sp-demo"),
  registryId: "/registries/acrdemo2ss",
  rotation: { periodDays: 30, slots: 4, lag: 1 },
};

const ALL: Required<Omit<PullIdentityProps, "adopt">> = {
  ...PROPS,
  owners: ["aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "bbbbbbbb-cccc-dddd-eeee-ffffffffffff"],
  role: text("Container Registry Repository Writer"),
  repositories: ["shop/web"],
};

function synth(props: PullIdentityProps): StackFile {
  return synthConstruct((stack) => {
    const { secret } = new PullIdentity(stack, "pull-identity", props);
    for (const [name, value] of Object.entries(secret)) new TerraformOutput(stack, name, { value: String(value) });
  });
}

describe("by default", () => {
  const stack = synth(PROPS);

  test("application, principal, role, passwords and nothing else are made", () => {
    expect(types(stack)).toEqual([
      "azuread_application",
      "azuread_application_password",
      "azuread_service_principal",
      "azurerm_role_assignment",
      "data.azuread_client_config",
    ]);
  });

  test("whoever runs Terraform owns application and principal", () => {
    const owners = [`\${${address(stack, "data.azuread_client_config")}.object_id}`];
    expect(resource(stack, "azuread_application").owners).toEqual(owners);
    expect(resource(stack, "azuread_service_principal").owners).toEqual(owners);
    expect(dataSource(stack, "azuread_client_config")).toEqual({});
  });

  test("the first owner stays when somebody else runs Terraform", () => {
    expect(resource(stack, "azuread_application").lifecycle).toEqual({ ignore_changes: ["owners"] });
    expect(resource(stack, "azuread_service_principal").lifecycle).toEqual({ ignore_changes: ["owners"] });
  });

  test("an application of the same name is never taken over", () => {
    expect(resource(stack, "azuread_application")).toMatchObject({
      display_name: "acr-sp-demo",
      prevent_duplicate_names: true,
    });
    expect(resource(stack, "azuread_service_principal")).not.toHaveProperty("use_existing");
  });

  test("the principal is that of the application", () => {
    expect(resource(stack, "azuread_service_principal").client_id).toBe(
      `\${${address(stack, "azuread_application")}.client_id}`,
    );
  });

  test("the role is on the registry and nothing wider, by the principal's object id, without a condition", () => {
    expect(resource(stack, "azurerm_role_assignment")).toEqual({
      scope: "/registries/acrdemo2ss",
      role_definition_name: "AcrPull",
      principal_id: `\${${address(stack, "azuread_service_principal")}.object_id}`,
      principal_type: "ServicePrincipal",
    });
  });

  test("every slot has a password of the application that ends on a date of its own", () => {
    const passwords = resources(stack, "azuread_application_password");
    expect(passwords.map(({ display_name }) => display_name)).toEqual(["slot-0", "slot-1", "slot-2", "slot-3"]);
    for (const password of passwords) {
      expect(password.application_id).toBe(`\${${address(stack, "azuread_application")}.id}`);
    }
    expect(new Set(passwords.map(({ end_date }) => end_date)).size).toBe(4);
  });

  test("a password is made before the one that it replaces is deleted", () => {
    for (const { lifecycle } of resources(stack, "azuread_application_password")) {
      expect(lifecycle).toEqual({ create_before_destroy: true });
    }
  });

  test.each(["end_date_relative", "rotate_when_changed"])("no password has %s", (argument) => {
    for (const password of resources(stack, "azuread_application_password")) {
      expect(password).not.toHaveProperty(argument);
    }
  });

  test("the user name is the client id, not the object id", () => {
    expect(stack.json.output?.username?.value).toBe(`\${${address(stack, "azuread_application")}.client_id}`);
  });

  test("the password is a local of its own, the active one of all slots", () => {
    const local = /^\$\{local\.(.+)\}$/.exec(stack.json.output?.password?.value ?? "")?.[1] ?? "";
    const values = Object.keys(stack.json.resource?.azuread_application_password ?? {})
      .sort((a, b) => a.localeCompare(b))
      .map((id) => `azuread_application_password.${id}.value`);
    expect(values).toHaveLength(4);
    expect(stack.json.locals?.[local]).toBe(`\${element([${values.join(", ")}], local.active_slot)}`);
  });

  test("the dates are those of the clock", () => {
    expect(stack.json.output).toMatchObject({
      expires: { value: "${local.expires}" },
      applyBefore: { value: "${local.apply_before}" },
    });
  });
});

describe("with all options", () => {
  const stack = synth(ALL);

  test("the owners are those that were named, and changes of them are applied", () => {
    for (const type of ["azuread_application", "azuread_service_principal"]) {
      expect(resource(stack, type).owners).toEqual(ALL.owners);
      expect(resource(stack, type)).not.toHaveProperty("lifecycle");
    }
  });

  test("nobody asks who runs Terraform", () => {
    expect(types(stack)).not.toContain("data.azuread_client_config");
  });

  test("the role is the one that was named", () => {
    expect(resource(stack, "azurerm_role_assignment").role_definition_name).toBe(
      "Container Registry Repository Writer",
    );
  });
});

test("there are as many passwords as slots", () => {
  const stack = synth({ ...PROPS, rotation: { ...PROPS.rotation, slots: 12, lag: 10 } });
  expect(resources(stack, "azuread_application_password")).toHaveLength(12);
});
