import { describeWithTools } from "../support/tools";
import { heldBy, refusal } from "./logins";
import { planCodes } from "./plans";
import { KEY_VAULT, NOON, PRINCIPAL, PullingCluster, TOKEN, addressOf } from "./pulling-cluster";
import { commandsFor, commandsUnder, follow, type } from "./runbook";

const METHODS = [
  { name: "a principal's password", pull: PRINCIPAL },
  { name: "a principal's password through a key vault", pull: { ...PRINCIPAL, keyVault: KEY_VAULT } },
  { name: "a token's password", pull: TOKEN, addressOf },
];

describeWithTools(["terraform"], "the runbook's addresses", () => {
  it("are those of the default method", async () => {
    const cluster = await PullingCluster.deploy(PRINCIPAL, NOON);
    for (const heading of [
      "Rotate now",
      "Revoke a leaked password",
      "Revoke a password that no cluster holds",
      "Shorten the period",
    ])
      expect(commandsFor(cluster, heading)).toEqual(commandsUnder(heading));
  });
});

describeWithTools(["terraform"], "by the runbook's commands, without a refused pull", () => {
  it.each(METHODS)(
    "revokes $name that the cluster holds",
    async ({ pull }) => {
      const cluster = await PullingCluster.deploy(pull, NOON);
      const leaked = heldBy(cluster);
      const refusals: (string | undefined)[] = [];
      const refused = await follow(cluster, "Revoke a leaked password", () => refusals.push(refusal(cluster, leaked)));
      expect(refused).toEqual([]);
      const no = expect.stringMatching(
        /AADSTS7000215: Invalid client secret|the password of token "pull-token-0" is wrong/,
      ) as unknown;
      expect(refusals).toEqual([undefined, undefined, no, no, no, no]);
      expect(heldBy(cluster).password).not.toBe(leaked.password);
      expect(await planCodes(cluster)).toEqual([0, 0]);
      expect(cluster.tried).toBe(6);
    },
    30_000,
  );

  it.each(METHODS)(
    "rotates $name now",
    async ({ pull }) => {
      const cluster = await PullingCluster.deploy(pull, NOON);
      const known = new Set(cluster.rehearsal.clouds.secrets());
      expect(await follow(cluster, "Rotate now")).toEqual([]);
      expect(known).not.toContain(heldBy(cluster).password);
      await cluster.applyIdentity();
      expect(cluster.pull()).toEqual([]);
      await cluster.applyWorkload();
      expect(cluster.pull()).toEqual([]);
      expect(known).toContain(heldBy(cluster).password);
    },
    30_000,
  );

  it("revokes every password, after a leak of the identity stack's state", async () => {
    const cluster = await PullingCluster.deploy(PRINCIPAL, NOON);
    const { username } = heldBy(cluster);
    const leaked = cluster.rehearsal.clouds
      .secrets()
      .filter((secret) => !refusal(cluster, { username, password: secret }));
    expect(leaked).toHaveLength(4);
    const replace = (slot: number) => `-replace=${addressOf(cluster.identityStack, `slot-${slot}`)}`;
    for (const [index, command] of commandsUnder("Revoke a leaked password").entries()) {
      await type(cluster.rehearsal, index === 2 ? `${command} ${replace(2)} ${replace(3)}` : command);
      cluster.pull();
    }
    await cluster.applyIdentity(replace(1));
    cluster.pull();
    expect([cluster.tried, cluster.refused]).toEqual([7, []]);
    for (const password of leaked) expect(refusal(cluster, { username, password })).toContain("AADSTS7000215");
    expect(await planCodes(cluster)).toEqual([0, 0]);
  });

  it("revokes a password that no cluster holds", async () => {
    const cluster = await PullingCluster.deploy(PRINCIPAL, NOON);
    const before = heldBy(cluster);
    const [application] = cluster.rehearsal.clouds.entra.applications.values();
    const leaked = application?.passwords.find(({ displayName }) => displayName === "slot-2")?.secret ?? "";
    expect(refusal(cluster, { ...before, password: leaked })).toBeUndefined();
    expect(await follow(cluster, "Revoke a password that no cluster holds")).toEqual([]);
    expect(refusal(cluster, { ...before, password: leaked })).toContain("AADSTS7000215");
    expect(await planCodes(cluster)).toEqual([0, 0]);
    expect(heldBy(cluster)).toEqual(before);
  });
});
