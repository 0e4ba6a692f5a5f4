import { Fn, TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import type { Deadline } from "./pull-credential";
import type { RotationClock } from "./rotation-clock";

/** User name and password of the slot that clusters get. Who reads it from another stack has both in its state. */
export interface RotatingSecret extends Deadline {
  readonly username: string;
  /** Secret. */
  readonly password: string;
}

/** Picks from slots the one that the clock says. `slots` are in the order of the clock's. */
export function activeSecret(
  scope: Construct,
  clock: RotationClock,
  slots: readonly { readonly username: string; readonly password: string }[],
): RotatingSecret {
  // Locals, so that consumers' states get the active values and not those of the other slots.
  const active = (id: string, values: string[]) => {
    const [first = ""] = values;
    return new Set(values).size === 1
      ? first
      : new TerraformLocal(scope, id, Fn.element(values, clock.activeSlot)).asString;
  };
  return {
    username: active(
      "active-username",
      slots.map(({ username }) => username),
    ),
    password: active(
      "active-password",
      slots.map(({ password }) => password),
    ),
    expires: clock.expires,
    applyBefore: clock.applyBefore,
    warningDays: clock.warningDays,
  };
}
