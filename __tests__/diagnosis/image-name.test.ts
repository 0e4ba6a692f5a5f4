import { canonicalRepository, isImageName, parseImage } from "../../diagnosis/image-name";

test.each([
  ["acr.azurecr.io/app2/app:v1", { host: "acr.azurecr.io", repository: "app2/app", reference: "v1" }],
  ["acr.azurecr.io/app", { host: "acr.azurecr.io", repository: "app", reference: "latest" }],
  ["acr.azurecr.io/app@sha256:ab", { host: "acr.azurecr.io", repository: "app", reference: "sha256:ab" }],
  ["acr.azurecr.io/app:v1@sha256:ab", { host: "acr.azurecr.io", repository: "app", reference: "sha256:ab" }],
  ["localhost:5000/app:v1", { host: "localhost:5000", repository: "app", reference: "v1" }],
  ["localhost/app", { host: "localhost", repository: "app", reference: "latest" }],
  ["nginx:1", { host: "docker.io", repository: "nginx", reference: "1" }],
  ["library/nginx", { host: "docker.io", repository: "library/nginx", reference: "latest" }],
])("%s", (image, parts) => {
  expect(parseImage(image)).toEqual(parts);
});

test.each([
  `acr.azurecr.io/app2/app:v1`,
  `localhost:5000/a__b/c-d:V1`,
  `acr.azurecr.io/app@sha256:${"ab".repeat(32)}`,
  "nginx",
])("%s is the name of an image", (image) => {
  expect(isImageName(image)).toBe(true);
});

test.each([
  "https://acr.azurecr.io/app:v1",
  "acr.azurecr.io/App:v1",
  "acr.azurecr.io/app:",
  "acr.azurecr.io/app@sha256:ab",
  "",
])("%s is not", (image) => {
  expect(isImageName(image)).toBe(false);
});

test.each([
  ["nginx", "docker.io/library/nginx"],
  ["nginx:1.27", "docker.io/library/nginx"],
  ["library/nginx", "docker.io/library/nginx"],
  ["docker.io/nginx@sha256:ab", "docker.io/library/nginx"],
  ["index.docker.io/library/nginx:1", "docker.io/library/nginx"],
  ["registry-1.docker.io/team/app", "docker.io/team/app"],
  ["team/app", "docker.io/team/app"],
  ["mcr.microsoft.com/oss/kubernetes/pause:3.6", "mcr.microsoft.com/oss/kubernetes/pause"],
  ["localhost/nginx", "localhost/nginx"],
  ["acr.azurecr.io/nginx", "acr.azurecr.io/nginx"],
])("%s is %s to a runtime", (image, name) => {
  expect(canonicalRepository(parseImage(image))).toBe(name);
});

test("a tag has at most 128 characters", () => {
  expect(isImageName(`nginx:${"1".repeat(128)}`)).toBe(true);
  expect(isImageName(`nginx:${"1".repeat(129)}`)).toBe(false);
});
