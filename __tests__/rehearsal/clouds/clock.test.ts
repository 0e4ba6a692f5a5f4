import { Clock } from "../../../rehearsal/clouds/clock";

const start = new Date("2026-01-01T00:00:00Z");

test("the clock stands still until it is moved", () => {
  const clock = new Clock(start);
  expect(clock.now()).toEqual(start);
  clock.advance(1500);
  expect(clock.now().toISOString()).toBe("2026-01-01T00:00:01.500Z");
});

test("the clock can be set", () => {
  const clock = new Clock(start);
  clock.set(new Date("2030-05-06T07:08:09Z"));
  expect(clock.now().toISOString()).toBe("2030-05-06T07:08:09.000Z");
});

test("changing a time that was handed out does not move the clock", () => {
  const clock = new Clock(start);
  clock.now().setUTCFullYear(1999);
  expect(clock.now()).toEqual(start);
});
