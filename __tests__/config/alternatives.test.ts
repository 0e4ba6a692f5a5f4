import { ALTERNATIVES, choiceOf } from "../../config/alternatives";

test("every place where a file has a choice is known", () => {
  expect(Object.fromEntries(ALTERNATIVES.map(({ place, keys }) => [place.join("."), keys]))).toEqual({
    backend: ["local", "azurerm", "cloud", "s3", "gcs", "http"],
    "images.*": ["build", "prebuilt"],
    "images.*.build": ["docker", "acrTask"],
    "clusters.*": ["kubeconfig", "aks"],
    "clusters.*.pull": ["servicePrincipal", "registryToken", "managedIdentity", "existingSecret", "federated"],
  });
});

describe("a choice", () => {
  const keys = { a: undefined, b: undefined };

  test("is the only alternative that is given", () => {
    expect(choiceOf({ b: 2, other: 3 }, keys)).toEqual({ kind: "b", value: 2 });
  });

  test.each([{}, { a: undefined }, { a: 1, b: 2 }])("is none in %j", (written: { a?: number; b?: number }) => {
    expect(choiceOf(written, keys)).toBeUndefined();
  });
});
