import type { Path } from "./problem";

/** The end of a message about an unknown key `adopt`: why what it stands on cannot be taken over. */
export function whyNotAdopted(path: Path, unknown: string): string {
  if (unknown !== "adopt") return "";
  switch (path.at(-1)) {
    case "registryToken":
      return ": nobody can read the passwords of a token again; let a new token stand beside it, and delete the old one when the last pod has the new secret";
    case "existingSecret":
      return ": the secret stays somebody else's; to have it managed here choose a method that makes one, and namespaces.<name>.pullSecret: { name, adopt: true }";
    case "keyVault":
      return ": a vault that is there is used with existing: true";
    default:
      return "";
  }
}
