import { Clock } from "../../../rehearsal/clouds/clock";
import { Entra } from "../../../rehearsal/clouds/entra";
import { Ids } from "../../../rehearsal/clouds/ids";
import { DAY_MS } from "./world";

const caller = { clientId: "caller-client", objectId: "caller-object" };

function setUp() {
  const clock = new Clock(new Date("2026-01-01T00:00:00Z"));
  const entra = new Entra(clock, new Ids(), { tenantId: "tenant-1", caller });
  const application = entra.createApplication("acr-sp-demo", [caller.objectId]);
  const principal = entra.createServicePrincipal(application.clientId, [caller.objectId]);
  return { clock, entra, application, principal };
}

test("a principal's object id, its client id and the application's object id all differ", () => {
  const { application, principal } = setUp();
  expect(new Set([application.objectId, application.clientId, principal.objectId]).size).toBe(3);
});

test("the right password signs the principal in", () => {
  const { clock, entra, application, principal } = setUp();
  const { secret } = entra.addPassword(application.objectId, "slot-0");
  expect(entra.authenticate(application.clientId, secret, clock.now())).toEqual({ ok: true, principal });
});

test("an unknown client id is AADSTS700016", () => {
  const { clock, entra } = setUp();
  expect(entra.authenticate("nobody", "x", clock.now())).toEqual({
    ok: false,
    reason: "AADSTS700016: Application with identifier 'nobody' was not found in the directory 'tenant-1'.",
  });
});

test("an application without a service principal is AADSTS7000229", () => {
  const { clock, entra } = setUp();
  const { clientId } = entra.createApplication("lonely", []);
  expect(entra.authenticate(clientId, "x", clock.now())).toEqual({
    ok: false,
    reason: `AADSTS7000229: The client application ${clientId} is missing service principal in the tenant tenant-1.`,
  });
});

test("a wrong password is AADSTS7000215", () => {
  const { clock, entra, application } = setUp();
  expect(entra.authenticate(application.clientId, "x", clock.now())).toEqual({
    ok: false,
    reason: expect.stringMatching(/^AADSTS7000215: Invalid client secret provided\./) as string,
  });
});

test("a removed password is a wrong one", () => {
  const { clock, entra, application } = setUp();
  const { keyId, secret } = entra.addPassword(application.objectId, "slot-0");
  entra.removePassword(application.objectId, keyId);
  expect(entra.authenticate(application.clientId, secret, clock.now())).toMatchObject({
    reason: expect.stringContaining("AADSTS7000215") as string,
  });
});

test("a password works until the moment before its end, and is AADSTS7000222 from then on", () => {
  const { entra, application } = setUp();
  const end = new Date("2026-02-01T00:00:00Z");
  const { secret } = entra.addPassword(application.objectId, "slot-0", undefined, end);
  const before = new Date(end.getTime() - 1);
  expect(entra.authenticate(application.clientId, secret, before)).toMatchObject({ ok: true });
  expect(entra.authenticate(application.clientId, secret, end)).toEqual({
    ok: false,
    reason: `AADSTS7000222: The provided client secret keys for app '${application.clientId}' are expired. Password "slot-0" ended at 2026-02-01T00:00:00.000Z.`,
  });
});

test("a password that is not valid yet says from when it is", () => {
  const { clock, entra, application } = setUp();
  const { secret } = entra.addPassword(application.objectId, "slot-0", new Date("2026-03-01T00:00:00Z"));
  expect(entra.authenticate(application.clientId, secret, clock.now())).toMatchObject({
    reason: expect.stringMatching(/^AADSTS7000215: .* It becomes valid at 2026-03-01T00:00:00\.000Z\.$/) as string,
  });
});

test("a password without an end lives for two years", () => {
  const { entra, application } = setUp();
  const { end } = entra.addPassword(application.objectId, "slot-0");
  expect(end.toISOString()).toBe("2028-01-01T00:00:00.000Z");
});

test("an end that is past is refused", () => {
  const { entra, application } = setUp();
  expect(() => entra.addPassword(application.objectId, "old", new Date("2024-01-01"), new Date("2025-01-01"))).toThrow(
    "CredentialInvalidEndDate: the end date 2025-01-01T00:00:00.000Z is not after the present time 2026-01-01T00:00:00.000Z.",
  );
});

test("an end before the start is refused", () => {
  const { entra, application } = setUp();
  expect(() => entra.addPassword(application.objectId, "odd", new Date("2027-01-01"), new Date("2026-06-01"))).toThrow(
    "is not after the start 2027-01-01T00:00:00.000Z.",
  );
});

test("the organisation's cap holds to the day", () => {
  const { clock, entra, application } = setUp();
  entra.maxPasswordLifetimeDays = 180;
  const end = new Date(clock.now().getTime() + 180 * DAY_MS);
  expect(entra.addPassword(application.objectId, "edge", undefined, end).end).toEqual(end);
  expect(() => entra.addPassword(application.objectId, "long", undefined, new Date(end.getTime() + 1))).toThrow(
    "CredentialInvalidLifetimeAsPerAppPolicy: Credential lifetime exceeds the max value allowed as per assigned policy (180 days).",
  );
});

test("during the replication lag a new password is refused as wrong", () => {
  const { clock, entra, application } = setUp();
  clock.advance(60_000);
  entra.replicationLagMs = 18_000;
  const { secret } = entra.addPassword(application.objectId, "slot-0");
  clock.advance(17_999);
  expect(entra.authenticate(application.clientId, secret, clock.now())).toMatchObject({
    reason: expect.stringContaining("AADSTS7000215") as string,
  });
  clock.advance(1);
  expect(entra.authenticate(application.clientId, secret, clock.now())).toMatchObject({ ok: true });
});

test("during the replication lag a new principal is unknown to other services", () => {
  const { clock, entra, principal } = setUp();
  entra.replicationLagMs = 10_000;
  expect(entra.knows(principal.objectId)).toBe(false);
  clock.advance(10_000);
  expect(entra.knows(principal.objectId)).toBe(true);
});

test("a managed identity is known at once in spite of the lag", () => {
  const { entra } = setUp();
  entra.replicationLagMs = 10_000;
  expect(entra.knows(entra.createManagedIdentity("kubelet").objectId)).toBe(true);
});

test("deleting an application deletes its service principal", () => {
  const { entra, application, principal } = setUp();
  entra.deleteApplication(application.objectId);
  expect(entra.principals.has(principal.objectId)).toBe(false);
});

test("a second service principal for one application is refused", () => {
  const { entra, application } = setUp();
  expect(() => entra.createServicePrincipal(application.clientId, [])).toThrow(
    `the service principal name ${application.clientId} is already in use.`,
  );
});

test("a service principal needs its application", () => {
  const { entra } = setUp();
  expect(() => entra.createServicePrincipal("nobody", [])).toThrow(
    "NoBackingApplicationObject: The appId 'nobody' of the service principal does not reference a valid application object.",
  );
});

test("a password needs its application", () => {
  const { entra } = setUp();
  expect(() => entra.addPassword("nothing", "slot-0")).toThrow('Application with object ID "nothing" was not found');
});

test("a caller that may change what it owns only is refused once it is no owner", () => {
  const { entra, application } = setUp();
  entra.callerMayChangeOwnedOnly = true;
  entra.updateApplication(application.objectId, "renamed", []);
  expect(() => entra.addPassword(application.objectId, "slot-0")).toThrow(
    "unexpected status 403 (403 Forbidden) with error: Authorization_RequestDenied: Insufficient privileges to complete the operation.",
  );
});
