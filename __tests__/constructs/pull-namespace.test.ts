import { TerraformOutput } from "cdktf";
import { PasswordCredential } from "../../constructs/password-credential";
import { PullNamespace, type PullNamespaceProps } from "../../constructs/pull-namespace";
import { address, resource, resources, synthConstruct } from "../support/environment";
import type { StackFile } from "../support/synthesized";

const SECRET = { username: "u", password: "p", expires: "e", applyBefore: "b", warningDays: 7 };

function synth(settings: Pick<PullNamespaceProps, "existing" | "podSecurity">): StackFile {
  return synthConstruct((stack) => {
    const place = new PullNamespace(stack, "shop", {
      name: "shop",
      ...settings,
      pullSecret: { name: "shop-pull", labels: {}, annotations: {} },
      loginServer: "host",
      credential: new PasswordCredential(SECRET),
    });
    new TerraformOutput(stack, "namespace", { value: place.namespace });
    new TerraformOutput(stack, "pull_secret", { value: place.pullSecretName ?? "none" });
  });
}

describe("a namespace that is created", () => {
  const stack = synth({ existing: false, podSecurity: "baseline" });
  const reference = `\${${address(stack, "kubernetes_namespace_v1")}.metadata[0].name}`;

  test("enforces its Pod Security Standard", () => {
    expect(resource(stack, "kubernetes_namespace_v1").metadata).toEqual({
      name: "shop",
      labels: { "pod-security.kubernetes.io/enforce": "baseline" },
    });
  });

  test("is waited for by its pull secret", () => {
    expect(resource(stack, "kubernetes_secret_v1").metadata).toMatchObject({ name: "shop-pull", namespace: reference });
  });

  test("is waited for by whoever uses its name", () => {
    expect(stack.json.output?.namespace?.value).toBe(reference);
  });
});

describe("a namespace that exists", () => {
  const stack = synth({ existing: true, podSecurity: "restricted" });

  test("is not created", () => {
    expect(resources(stack, "kubernetes_namespace_v1")).toEqual([]);
  });

  test("gets a pull secret", () => {
    expect(resource(stack, "kubernetes_secret_v1").metadata).toMatchObject({ name: "shop-pull", namespace: "shop" });
  });

  test("is used by its name", () => {
    expect(stack.json.output?.namespace?.value).toBe("shop");
  });
});

test("the pull secret's name is a reference", () => {
  const stack = synth({ existing: true, podSecurity: "restricted" });
  expect(stack.json.output?.pull_secret?.value).toBe(`\${${address(stack, "kubernetes_secret_v1")}.metadata[0].name}`);
});
