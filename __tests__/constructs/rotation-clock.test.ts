import { TerraformOutput } from "cdktf";
import { RotationClock, type Rotation } from "../../constructs/rotation-clock";
import { synthConstruct, types } from "../support/environment";
import type { StackFile } from "../support/synthesized";

function synth(rotation: Rotation): StackFile {
  return synthConstruct((stack) => {
    const clock = new RotationClock(stack, "clock", rotation);
    new TerraformOutput(stack, "slot_2_end", { value: clock.slotEnd(2) });
    new TerraformOutput(stack, "active_slot", { value: clock.activeSlot });
    new TerraformOutput(stack, "expires", { value: clock.expires });
    new TerraformOutput(stack, "apply_before", { value: clock.applyBefore });
  });
}

const stack = synth({ periodDays: 30, slots: 4, lag: 1 });

test("a clock is expressions only, and has no state", () => {
  expect(types(stack)).toEqual([]);
});

test("the time is that of the plan, unless the variable now says otherwise", () => {
  expect(stack.json.locals?.time).toBe("${coalesce(var.now, plantimestamp())}");
  expect(stack.json.variable?.now).toMatchObject({ type: "string", default: "" });
});

test("the variable now accepts UTC only", () => {
  expect(stack.json.variable?.now?.validation).toEqual([
    {
      condition:
        '${var.now == "" || can(regex("^2(0[2-9]|[1-9][0-9])[0-9]-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", var.now))}',
      error_message: "now must be empty or a time in UTC from 2020 on, such as 2026-01-31T00:00:00Z.",
    },
  ]);
});

test("a generation is a whole number of periods", () => {
  expect(stack.json.locals?.generation).toBe("${floor(local.days / 30)}");
});

test("clusters get the slot that is as old as the lag", () => {
  expect(stack.json.locals?.active_slot).toBe("${var.active_slot >= 0 ? var.active_slot : (local.generation - 1) % 4}");
});

test("a slot ends slots + 1 generations after its renewal", () => {
  expect(stack.json.output?.slot_2_end?.value).toBe(
    '${timeadd("2000-01-01T00:00:00Z", format("%dh", (local.generation - (local.generation - 2) % 4 + 5) * 720))}',
  );
});

test("the active password ends as the slot that it is in", () => {
  expect(stack.json.locals?.expires).toBe(
    '${timeadd("2000-01-01T00:00:00Z", format("%dh", (local.active_key + 5) * 720))}',
  );
});

test("an apply deletes the active password one generation before its end", () => {
  expect(stack.json.locals?.apply_before).toBe(
    '${timeadd("2000-01-01T00:00:00Z", format("%dh", (local.active_key + 4) * 720))}',
  );
});

test("what others get are references to the locals", () => {
  expect(stack.json.output).toMatchObject({
    active_slot: { value: "${local.active_slot}" },
    expires: { value: "${local.expires}" },
    apply_before: { value: "${local.apply_before}" },
  });
});

test("period, slots and lag are all in the expressions", () => {
  const { locals, output } = synth({ periodDays: 7, slots: 6, lag: 2 }).json;
  expect(locals).toMatchObject({
    generation: "${floor(local.days / 7)}",
    active_slot: "${var.active_slot >= 0 ? var.active_slot : (local.generation - 2) % 6}",
    expires: '${timeadd("2000-01-01T00:00:00Z", format("%dh", (local.active_key + 7) * 168))}',
    apply_before: '${timeadd("2000-01-01T00:00:00Z", format("%dh", (local.active_key + 6) * 168))}',
  });
  expect(output?.slot_2_end?.value).toBe(
    '${timeadd("2000-01-01T00:00:00Z", format("%dh", (local.generation - (local.generation - 2) % 6 + 7) * 168))}',
  );
});
