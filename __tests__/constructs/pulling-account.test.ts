import { PullingAccount, type PullingAccountProps } from "../../constructs/pulling-account";
import { resource, synthConstruct, types } from "../support/environment";

function synth(props: Omit<PullingAccountProps, "namespace">) {
  return synthConstruct((stack) => new PullingAccount(stack, "account", { namespace: "shop", ...props }));
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
