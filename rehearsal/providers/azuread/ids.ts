import { CloudError } from "../../sdk/model";

/**
 * Reads a resource id of azuread 3: `/applications/<object id>`.
 *
 * @throws CloudError for a bare object id, the classic mistake.
 */
export function objectIdOf(id: string, collection: "applications" | "servicePrincipals"): string {
  const objectId = new RegExp(`^/${collection}/([^/]+)$`).exec(id)?.[1];
  if (objectId !== undefined) return objectId;
  throw new CloudError(
    `parsing "${id}": parsing segment "${collection}": expected an id of the form /${collection}/<object id>`,
  );
}
