import assert from "node:assert";
import { SHIPPED } from "../../support/synthesized";
import { describeWithEngine } from "../describe";
import { realParts } from "./given";
import { RealStage } from "./real-stage";

const parts = realParts();
if (typeof parts === "string") throw new Error(parts);

/** Azure's own waits are minutes, a rollout that hangs is ten. */
const LIMIT = 45 * 60_000;

describeWithEngine("on real parts", () => {
  describe.each(parts.environments ?? SHIPPED)("%s", (file) => {
    let stage: RealStage | undefined;

    beforeAll(async () => {
      stage = await RealStage.open(file, parts);
    }, LIMIT);

    afterAll(() => stage?.close(), LIMIT);

    it(
      "runs every pod with what was deployed, plans nothing again, and leaves nothing",
      async () => {
        assert(stage);
        await stage.deployShared();
        for (const name of stage.workloads) {
          const pods = await stage.deployWorkload(name);
          if (stage.runsPods(name)) expect({ [name]: pods.length }).not.toEqual({ [name]: 0 });
          process.stderr.write(`${name}: ${pods.length} pods run\n`);
        }
        expect(await stage.destroyShared()).toEqual([]);
        expect(stage.leftNamespaces()).toEqual([]);
      },
      LIMIT,
    );
  });
});
