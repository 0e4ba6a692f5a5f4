import { remove, rewrite, set } from "./edits";
import type { Mistake } from "./mistake";

const IMAGE = "resource/docker_image/*";
const PUSH = "resource/docker_registry_image/*";
const image = /^docker_image\.images_acr-app2_image_/;
const push = /^docker_registry_image\.images_acr-app2_push_/;

export const imagesMistakes: readonly Mistake[] = [
  {
    what: "the Docker daemon is down",
    event: ({ docker }) => {
      docker.available = false;
    },
    ...{ stack: "images", step: "plan" },
    reason: /Error pinging Docker server: Cannot connect to the Docker daemon/,
  },
  {
    what: "the build context is not there",
    edit: { images: set(`${IMAGE}/build/context`, "assets/none") },
    ...{ stack: "images", step: "apply", address: image },
    reason: /unable to prepare context: path "assets\/none" not found/,
  },
  {
    what: "the Dockerfile is not in the context",
    edit: { images: set(`${IMAGE}/build/dockerfile`, "Containerfile") },
    ...{ stack: "images", step: "apply", address: image },
    reason: /Cannot locate specified Dockerfile: Containerfile/,
  },
  {
    what: "the image is for another registry than the credentials",
    edit: { images: set(`${IMAGE}/name`, "nowhere.azurecr.io/app2/acr-app2:v1") },
    ...{ stack: "images", step: "apply", address: push },
    reason: /no auth config found for registry nowhere\.azurecr\.io in auth configs: acrdemo2ss\.azurecr\.io/,
  },
  {
    what: "another image is pushed than the one that is built",
    edit: { images: rewrite(`${PUSH}/name`, (name) => `${name}-next`) },
    ...{ stack: "images", step: "apply", address: push },
    reason: /An image does not exist locally with the tag: acrdemo2ss\.azurecr\.io\/app2\/acr-app2/,
  },
  {
    what: "an output that another stack reads is renamed in the registry stack",
    edit: {
      registry: (json) => json.replaceAll(/(cross-stack-output-[\w-]+)login_server/g, "$1host"),
    },
    ...{ stack: "images", step: "plan" },
    reason: /Unsupported attribute.*does not have an attribute named.*login_server/s,
  },
  {
    what: "the registry stack was never applied",
    leavesOut: "registry",
    ...{ stack: "images", step: "plan", address: /^data\.terraform_remote_state\..*demo-registry$/ },
    reason: /Unable to find remote state/,
  },
  {
    what: "the name of the image is missing",
    edit: { images: remove(`${IMAGE}/name`) },
    ...{ stack: "images", step: "plan" },
    reason: /"name" is required/,
  },
];
