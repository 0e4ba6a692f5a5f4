import { TerraformOutput } from "cdktf";
import { TaggedImage } from "../../constructs/tagged-image";
import { address, dataSource, synthConstruct, types } from "../support/environment";

const stack = synthConstruct((scope) => {
  const image = new TaggedImage(scope, "db", { loginServer: "host", repository: "team/app", tag: "1.2.3" });
  new TerraformOutput(scope, "reference", { value: image.reference });
});

test("asks the registry for the digest behind the tag, and makes nothing", () => {
  expect(dataSource(stack, "docker_registry_image")).toEqual({ name: "host/team/app:1.2.3" });
  expect(types(stack)).toEqual(["data.docker_registry_image"]);
});

test("is referred to by that digest", () => {
  expect(stack.json.output?.reference?.value).toBe(
    `@\${${address(stack, "data.docker_registry_image")}.sha256_digest}`,
  );
});
