import { causeOf, mostTelling } from "../../../diagnosis";
import { pullFailure } from "../../../rehearsal/clouds/kubernetes/image-words";
import { tokenRefusal } from "../../../rehearsal/clouds/registry-tokens";
import { signIn } from "../../../rehearsal/clouds/token-service";

const IMAGE = "contoso.azurecr.io/shop/web:v1";

it.each([
  ["away", "host-unreachable"],
  ["no-host", "host-unknown"],
  ["no-platform", "platform-missing"],
  ["not-found", "image-missing"],
  ["unauthorized", "credential-refused"],
] as const)("knows what a kubelet says of %s", (fault, cause) => {
  expect(causeOf(pullFailure(IMAGE, fault, true))).toBe(cause);
});

it("knows that a kubelet had no credential", () => {
  expect(causeOf(pullFailure(IMAGE, "unauthorized", false))).toBe("credential-missing");
});

it("knows what the rehearsal's Entra says", () => {
  const at = new Date("2026-06-01T00:00:00Z");
  const start = new Date("2026-01-01T00:00:00Z");
  const password = {
    secret: "right",
    displayName: "0",
    createdAt: start,
    start,
    end: new Date("2026-05-01T00:00:00Z"),
  };
  const application = { passwords: [password] } as never;
  const principal = { createdAt: start } as never;
  const ask = (subject: object, secret: string) => {
    const answer = signIn(
      { clientId: "c", tenantId: "t", application, principal, isReplicated: () => true, ...subject },
      secret,
      at,
    );
    return answer.ok ? undefined : causeOf(answer.reason);
  };
  expect(ask({}, "right")).toBe("password-ended");
  expect(ask({}, "wrong")).toBe("password-wrong");
  expect(ask({ application: undefined }, "right")).toBe("application-unknown");
  expect(ask({ principal: undefined }, "right")).toBe("application-unknown");
});

it("knows what the rehearsal's registry says of tokens", () => {
  const expiry = new Date("2026-05-01T00:00:00Z");
  const token = {
    name: "t",
    enabled: true,
    scopeMapId: "m",
    passwords: [{ name: "password1", value: "right", expiry }],
  };
  const ask = (own: object, password: string, now: string) =>
    causeOf(
      tokenRefusal({ ...token, ...own }, password, { scopeMaps: new Map() } as never, "web", new Date(now)) ?? "",
    );
  expect(ask({ enabled: false }, "right", "2026-01-01")).toBe("token-disabled");
  expect(ask({}, "wrong", "2026-01-01")).toBe("password-wrong");
  expect(ask({}, "right", "2026-06-01")).toBe("password-ended");
  expect(ask({}, "right", "2026-01-01")).toBe("role-missing");
});

it("takes the most specific of several errors of one pull", () => {
  const platform = pullFailure(IMAGE, "no-platform", true);
  const anonymous = pullFailure(IMAGE, "unauthorized", false);
  expect(mostTelling([anonymous, platform])).toEqual({ message: platform, cause: "platform-missing" });
  expect(causeOf(`[${platform}, ${anonymous}]`)).toBe("platform-missing");
});

it("does not guess", () => {
  expect(causeOf("something else")).toBeUndefined();
  expect(mostTelling(["something else"])).toBeUndefined();
});
