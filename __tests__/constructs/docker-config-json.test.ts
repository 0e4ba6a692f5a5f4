import { TerraformLocal, TerraformVariable } from "cdktf";
import { dockerConfigJson } from "../../constructs/docker-config-json";
import { synthConstruct } from "../support/environment";

function expression(build: (variable: (name: string) => string) => string): unknown {
  const stack = synthConstruct((scope) => {
    const value = build((name) => new TerraformVariable(scope, name, { type: "string" }).stringValue);
    new TerraformLocal(scope, "value", value);
  });
  return stack.json.locals?.value;
}

test("every piece is encoded by Terraform, in the order of kubectl", () => {
  expect(expression((variable) => dockerConfigJson(variable("s"), variable("u"), variable("p")))).toBe(
    '${join("", ["{\\"auths\\":{", jsonencode(var.s), ":{\\"username\\":", jsonencode(var.u), ' +
      '",\\"password\\":", jsonencode(var.p), ",\\"auth\\":", jsonencode(base64encode(join(":", [var.u, var.p]))), "}}}"])}',
  );
});

test("literals are encoded by Terraform as well", () => {
  expect(expression(() => dockerConfigJson("host", "user", "pass"))).toBe(
    '${join("", ["{\\"auths\\":{", jsonencode("host"), ":{\\"username\\":", jsonencode("user"), ' +
      '",\\"password\\":", jsonencode("pass"), ",\\"auth\\":", jsonencode(base64encode(join(":", ["user", "pass"]))), "}}}"])}',
  );
});
