import { PullingAccount, type PullingAccountProps } from "../../constructs/pulling-account";
import { address, resource, synthConstruct, types } from "../support/environment";

function synth(props: Pick<PullingAccountProps, "name" | "pullSecretName">, existing = false) {
  return synthConstruct((stack) => new PullingAccount(stack, "account", { namespace: "shop", existing, ...props }));
}

test("default is there, and gets the secret", () => {
  const stack = synth({ name: "default", pullSecretName: "pull" });
  expect(resource(stack, "kubernetes_default_service_account_v1")).toEqual({
    metadata: { namespace: "shop" },
    image_pull_secret: [{ name: "pull" }],
  });
  expect(types(stack)).toEqual(["kubernetes_default_service_account_v1"]);
});

test("another one is made with the secret", () => {
  const stack = synth({ name: "builder", pullSecretName: "pull" });
  expect(resource(stack, "kubernetes_service_account_v1")).toEqual({
    metadata: { name: "builder", namespace: "shop" },
    image_pull_secret: [{ name: "pull" }],
  });
});

test("where nodes pull by themselves, another one is made without a secret, and default is left alone", () => {
  expect(resource(synth({ name: "builder", pullSecretName: undefined }), "kubernetes_service_account_v1")).toEqual({
    metadata: { name: "builder", namespace: "shop" },
  });
  expect(types(synth({ name: "default", pullSecretName: undefined }))).toEqual([]);
});

test("in somebody else's namespace, default gives its token to pods as it did before", () => {
  const stack = synth({ name: "default", pullSecretName: "pull" }, true);
  expect(resource(stack, "kubernetes_default_service_account_v1")).toEqual({
    metadata: { namespace: "shop" },
    automount_service_account_token: `\${try(${address(stack, "data.kubernetes_resource")}.object.automountServiceAccountToken, true)}`,
    image_pull_secret: [{ name: "pull" }],
  });
});
