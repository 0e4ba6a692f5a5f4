import { text } from "../../../../rehearsal/providers/values";
import { NAME, withRegistry } from "./fixture";

test("an image is built, and read back as it is", async () => {
  const { images, folder } = withRegistry();
  const state = await images.create({ name: NAME, build: [{ context: folder }] });
  expect(state.image_id).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(state).toMatchObject({ id: `${text(state, "image_id")}${NAME}`, repo_digest: "" });
  expect(await images.drift(state)).toEqual([]);
});

test("the platform and the arguments of a build reach the engine", async () => {
  const { images, folder } = withRegistry();
  const build = { context: folder };
  const ids = [
    await images.create({ name: NAME, build: [build] }),
    await images.create({ name: NAME, build: [{ ...build, platform: "linux/arm64" }] }),
    await images.create({ name: NAME, build: [{ ...build, build_args: { A: "1" } }] }),
  ].map(({ image_id }) => image_id);
  expect(new Set(ids).size).toBe(3);
});

test("an image without a build has to be there", async () => {
  const { images } = withRegistry();
  await expect(images.create({ name: "nginx:1", build: [] })).rejects.toThrow(
    "Unable to read Docker image into resource: unable to find or pull image nginx:1",
  );
});

test("a deleted image is gone, unless it is kept", async () => {
  const { images, folder } = withRegistry();
  const state = await images.create({ name: NAME, build: [{ context: folder }] });
  await images.delete({ ...state, keep_locally: true });
  expect(await images.drift(state)).toEqual([]);
  await images.delete(state);
  expect(await images.read(state)).toBeUndefined();
});
