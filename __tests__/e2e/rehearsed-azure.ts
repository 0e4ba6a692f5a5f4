import type { Clouds, Registry } from "../../rehearsal";
import type { TestApplication, TestRegistry } from "../live/support/azure";

/** What Azure Resource Manager says of a rehearsed registry, as it is at the time. */
export function registryOf({ clock }: Clouds, registry: Registry): TestRegistry {
  return {
    images: {},
    get abac() {
      return registry.roleAssignmentMode === "AbacRepositoryPermissions";
    },
    get tokens() {
      // The rehearsal's clock stands; whoever asks has one that goes.
      const ahead = Date.now() - clock.now().getTime();
      const all = [...registry.tokens.values()].map(({ name, enabled, passwords }) => {
        const [first] = passwords;
        const { value: password, expiry } = first ?? { value: "", expiry: undefined };
        const ends = expiry && new Date(expiry.getTime() + ahead).toISOString();
        return [
          name,
          { password, status: enabled ? "enabled" : "disabled", ...(ends !== undefined && { expiry: ends }) },
        ];
      });
      return Object.fromEntries(all) as NonNullable<TestRegistry["tokens"]>;
    },
  };
}

/** What Entra and Azure Resource Manager say of a rehearsed application, as it is at the time. */
export function applicationOf({ entra, arm, clock }: Clouds, clientId: string): TestApplication {
  const assignments = () => {
    const principal = [...entra.principals.values()].find((candidate) => candidate.clientId === clientId);
    return arm.roles.all().filter(({ principalId }) => principalId === principal?.objectId);
  };
  return {
    ...{ clientId, name: "acr-sp-e2e", password: "" },
    get roles() {
      return assignments().map(({ roleName }) => roleName);
    },
    get condition() {
      return assignments().find(({ condition }) => condition !== undefined)?.condition;
    },
    refusal(password) {
      const signIn = entra.authenticate(clientId, password, clock.now());
      return signIn.ok ? undefined : Number(/AADSTS(\d+)/.exec(signIn.reason)?.[1]);
    },
  };
}
