import { choiceOf } from "./alternatives";
import type { Connection, Delivery, NodesIdentity, Pull, Trust, Vault } from "./environment";
import { assertNever } from "./never";
import type { WrittenPull } from "./schema/environment";
import { methods } from "./schema/pull";

/** @param silentName Of what proves the cluster's identity, where the file names none. */
export function closePull(written: WrittenPull, connection: Connection, silentName: string): Pull | undefined {
  const choice = choiceOf(written, methods);
  if (!choice) return undefined;
  switch (choice.kind) {
    case "servicePrincipal": {
      const delivery = closeDelivery(written.keyVault);
      return (
        delivery && {
          kind: "servicePrincipal",
          delivery,
          ...choice.value,
          name: choice.value.name ?? { text: silentName },
        }
      );
    }
    case "federated": {
      const { issuer, name, ...federated } = choice.value;
      const trust = closeTrust(issuer, connection);
      return trust && { kind: "federated", trust, ...federated, name: name ?? { text: silentName } };
    }
    case "registryToken": {
      const delivery = closeDelivery(written.keyVault);
      return delivery && { kind: "registryToken", delivery, ...choice.value, name: choice.value.name ?? silentName };
    }
    case "managedIdentity": {
      const identity = closeIdentity(choice.value.objectId, connection);
      return identity && { kind: "managedIdentity", identity, adopt: choice.value.adopt };
    }
    case "existingSecret":
      return { kind: "existingSecret", ...choice.value };
    default:
      return assertNever(choice);
  }
}

function closeDelivery(keyVault: WrittenPull["keyVault"]): Delivery | undefined {
  if (!keyVault) return { kind: "state" };
  const vault = closeVault(keyVault);
  return vault && { kind: "keyVault", vault };
}

function closeVault({
  name,
  resourceGroup,
  existing,
  location,
}: NonNullable<WrittenPull["keyVault"]>): Vault | undefined {
  if (existing) return { kind: "adopted", name, resourceGroup };
  return location === undefined ? undefined : { kind: "created", name, resourceGroup, location };
}

function closeTrust(issuer: string | undefined, connection: Connection): Trust | undefined {
  if (issuer !== undefined) return { kind: "known", issuer };
  return connection.kind === "aks" ? { kind: "lookedUp", aks: connection } : undefined;
}

function closeIdentity(objectId: string | undefined, connection: Connection): NodesIdentity | undefined {
  if (objectId !== undefined) return { kind: "known", objectId };
  return connection.kind === "aks" ? { kind: "lookedUp", aks: connection } : undefined;
}
