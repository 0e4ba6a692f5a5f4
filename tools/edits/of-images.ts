import { edit, type Edit, type File } from "./edit";
import { DOCKER, PREBUILT, TASK, WHOLE, image } from "./files";
import { destroyBefore } from "./todo";

const TWO_IMAGES: File = {
  ...image({ build: TASK }),
  images: {
    web: { repository: "shop/web", tag: "v1", build: TASK },
    api: { repository: "shop/api", tag: "v1", build: DOCKER },
  },
};

/** Edits of images. */
export const OF_IMAGES: readonly Edit[] = [
  edit("`build.docker` → `build.acrTask`", WHOLE, { "images.web.build": TASK }),
  edit(
    "`build.acrTask` → `build.docker`",
    image({ build: TASK }),
    { "images.web.build": DOCKER },
    destroyBefore("-images"),
  ),
  edit(
    "`build.docker` → `prebuilt`, of the last built image",
    image({ build: DOCKER }),
    { "images.web.build": null, "images.web.prebuilt": PREBUILT },
    destroyBefore("-images"),
  ),
  edit(
    "`build.acrTask` → `prebuilt`, of the last built image",
    image({ build: TASK }),
    { "images.web.build": null, "images.web.prebuilt": PREBUILT },
    destroyBefore("-images"),
  ),
  edit("`prebuilt` → `build.docker`", image({ prebuilt: PREBUILT }), {
    "images.web.build": DOCKER,
    "images.web.prebuilt": null,
  }),
  edit("`prebuilt` → `build.acrTask`", image({ prebuilt: PREBUILT }), {
    "images.web.build": TASK,
    "images.web.prebuilt": null,
  }),
  edit("the last image by `docker` removed, beside one by `acrTask`", TWO_IMAGES, { "images.api": null }),
  edit(
    "the last image by `acrTask` removed, beside one by `docker`",
    TWO_IMAGES,
    { "images.web": null },
    destroyBefore("-images"),
  ),
  edit("key of an image by `docker`", image({ build: DOCKER }), {
    "images.web": null,
    "images.site": { repository: "shop/web", tag: "v1", build: DOCKER },
  }),
  edit("key of an image by `acrTask`", image({ build: TASK }), {
    "images.web": null,
    "images.site": { repository: "shop/web", tag: "v1", build: TASK },
  }),
  edit("`images.<key>.repository`", image({ build: DOCKER }), { "images.web.repository": "shop/site" }),
];
