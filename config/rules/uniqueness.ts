import { formatPath } from "../problem";
import type { Rule } from "./rule";

/** Of two claims to one thing, in one file or in two, the later one is wrong. */
const unique: Rule = {
  id: "unique",
  about: "everything that exists once",
  message: "must not be a second {what}: {file} has it at {place}",
  check: ({ claims, owners }) => {
    const collisions = claims.flatMap((claim) => {
      const owner = owners.get(claim.id);
      return owner && owner !== claim ? [{ claim, owner }] : [];
    });
    // What collides in several ways is said once a place.
    const first = new Map(collisions.toReversed().map((collision) => [collision.claim.path, collision]));
    return [...first.values()].toReversed().map(({ claim: { path, what }, owner }) => ({
      path,
      values: { what, file: owner.file, place: formatPath(owner.path) },
      showValue: false,
    }));
  },
};

export const uniquenessRules = [unique];
