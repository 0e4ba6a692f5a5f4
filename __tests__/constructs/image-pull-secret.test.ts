import { TerraformOutput, TerraformVariable } from "cdktf";
import { ImagePullSecret, type ImagePullSecretProps } from "../../constructs/image-pull-secret";
import { address, resource, synthConstruct, types } from "../support/environment";
import type { StackFile } from "../support/synthesized";

function synth(options: Pick<ImagePullSecretProps, "writeOnlyRevision">): StackFile {
  return synthConstruct((scope) => {
    const variable = (name: string) => new TerraformVariable(scope, name, { type: "string" }).stringValue;
    const { secretName } = new ImagePullSecret(scope, "pull-secret", {
      secret: { name: "acrdemo2ss-secret", labels: { tier: "one" }, annotations: { note: { text: "${a}" } } },
      namespace: "shop",
      loginServer: variable("server"),
      username: variable("user"),
      password: variable("password"),
      deadline: { expires: variable("expires"), applyBefore: variable("apply_before"), warningDays: 7 },
      ...options,
    });
    new TerraformOutput(scope, "name", { value: secretName });
  });
}

const stack = synth({});
const secret = resource(stack, "kubernetes_secret_v1");

test("one secret is made", () => {
  expect(types(stack)).toEqual(["kubernetes_secret_v1"]);
});

test("it has the type that the kubelet looks for", () => {
  expect(secret.type).toBe("kubernetes.io/dockerconfigjson");
});

test("its name, namespace, labels and dates stand in its metadata", () => {
  expect(secret.metadata).toEqual({
    name: "acrdemo2ss-secret",
    namespace: "shop",
    labels: { tier: "one" },
    annotations: {
      note: "$${a}",
      "acr-pull/expires": "${var.expires}",
      "acr-pull/apply-before": "${var.apply_before}",
    },
  });
});

test("its only key is .dockerconfigjson, in plain text: the provider encodes it", () => {
  const { data } = secret as { data: Record<string, string> };
  expect(Object.keys(data)).toEqual([".dockerconfigjson"]);
  expect(data[".dockerconfigjson"]).toMatch(/^\$\{join\("", \[/);
});

test("the password is marked as sensitive wherever it is used", () => {
  const { data } = secret as { data: Record<string, string> };
  const value = data[".dockerconfigjson"] ?? "";
  expect(value.match(/var\.password/g)).toHaveLength(2);
  expect(value.match(/sensitive\(var\.password\)/g)).toHaveLength(2);
});

test("it can be renewed in place", () => {
  expect(Object.keys(secret).sort()).toEqual(["data", "metadata", "type"]);
});

test("users of its name wait for it", () => {
  expect(stack.json.output).toEqual({
    name: { value: `\${${address(stack, "kubernetes_secret_v1")}.metadata[0].name}` },
  });
});

test("with a revision the value is write-only, and sent again when the revision changes", () => {
  const writeOnly = resource(synth({ writeOnlyRevision: 7 }), "kubernetes_secret_v1");
  expect(writeOnly).toMatchObject({ data_wo: secret.data, data_wo_revision: 7 });
  expect(writeOnly).not.toHaveProperty("data");
});
