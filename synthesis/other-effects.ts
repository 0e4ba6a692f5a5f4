import { resourcesOf, typeOf, type StackBlocks } from "./stack-blocks";

/** Arguments of the kubernetes provider that say which cluster it is. */
const CLUSTER = ["config_path", "config_context", "host"];

/** Passwords that overlap: the calendar replaces them one at a time, and an edit of how they take turns all at once. */
const PASSWORDS = ["azuread_application_password", "azurerm_container_registry_token_password"];

/** A stack before and after. */
export interface Edit {
  readonly former: StackBlocks;
  readonly current: StackBlocks;
  /** Arguments that force replacement, by the addresses of what is replaced. */
  readonly causes: ReadonlyMap<string, string>;
}

/** What becomes of what a stack has deployed, beside what is destroyed, created and replaced; each the end of the sentence "the next apply of <stack> …". */
export function otherEffects(edit: Edit): string[] {
  // Others read what even an empty state puts out.
  if (resourcesOf(edit.former).size === 0) return [...ofState(edit), ...ofOwners(edit)];
  return [
    ...ofState(edit),
    ...ofProviders(edit),
    ...ofCluster(edit),
    ...ofAzure(edit),
    ...ofOwners(edit),
    ...ofImages(edit),
    ...ofPasswords(edit),
    ...ofFederation(edit),
  ];
}

/** Addresses of resources that the stack made and leaves to somebody else. */
export function handedOver(former: StackBlocks, current: StackBlocks): string[] {
  const was = resourcesOf(former);
  return (current.removed ?? []).map(({ from }) => from).filter((address) => was.has(address));
}

function ofState({ former, current }: Edit): string[] {
  const storeOf = ({ terraform = {} }: StackBlocks) => JSON.stringify([terraform.backend, terraform.cloud]);
  return storeOf(former) === storeOf(current)
    ? []
    : [
        "looks for its state in another place, and creates everything again unless terraform init -migrate-state takes it along",
      ];
}

/** Terraform plans nothing where a state holds what a provider made that has no configuration any more. */
function ofProviders({ former, current }: Edit): string[] {
  const configured = Object.keys(current.provider ?? {});
  const providerOf = (address: string) => typeOf(address).split("_", 1)[0] ?? "";
  const was = [...resourcesOf(former).keys()].filter((address) => !configured.includes(providerOf(address)));
  return was.length === 0
    ? []
    : [
        `fails, since nothing configures ${providerOf(was[0] ?? "")} any more, which has made ${was.join(", ")}: destroy what the stack ` +
          "has deployed before the edit",
      ];
}

function ofCluster({ former, current }: Edit): string[] {
  const clusterOf = ({ provider = {}, data = {} }: StackBlocks) =>
    provider.kubernetes &&
    JSON.stringify([
      provider.kubernetes.map((block) => CLUSTER.map((key) => block[key])),
      Object.values(data.azurerm_kubernetes_cluster ?? {}).map((block) => [block.name, block.resource_group_name]),
    ]);
  return clusterOf(former) === clusterOf(current)
    ? []
    : [
        "leads to another cluster: what it has deployed stays in the former one, and nothing destroys it there; where it is the same " +
          "in another way, nothing changes",
      ];
}

function ofAzure({ former, current }: Edit): string[] {
  const own = ({ provider = {} }: StackBlocks, key: string) =>
    (["azurerm", "azuread"] as const).map((name) => provider[name]?.find(({ alias }) => alias === undefined)?.[key]);
  const differs = (key: string) => {
    const [before, after] = [own(former, key), own(current, key)];
    return before.some((value, index) => value !== after[index]);
  };
  const hasAny = [...resourcesOf(former).keys()].some((address) => address.startsWith("azure"));
  if (!hasAny) return [];
  if (differs("tenant_id") || differs("environment"))
    return ["looks for what it has deployed in another tenant: unless that is the same, destroy it before the edit"];
  return differs("subscription_id")
    ? ["leaves what it has deployed in the former subscription: unless that is the same, destroy it before the edit"]
    : [];
}

function ofOwners({ former, current }: Edit): string[] {
  const given = handedOver(former, current);
  const is = resourcesOf(current);
  const imported = new Set(current.import?.map(({ to }) => to));
  const taken = (former.removed ?? [])
    .map(({ from }) => from)
    .filter((address) => is.has(address) && !imported.has(address));
  return [
    ...(given.length > 0 ? [`hands over ${given.join(", ")} to somebody else, and destroys nothing of it`] : []),
    ...(taken.length > 0
      ? [`creates ${taken.join(", ")}, which somebody else has made: where that is there, terraform import it before`]
      : []),
  ];
}

function ofImages({ former, current }: Edit): string[] {
  const dockerIn = (stack: StackBlocks) =>
    [...resourcesOf(stack).keys()].filter((address) => address.startsWith("docker_"));
  const left = dockerIn(current);
  const gone = dockerIn(former).filter(
    (address) => !left.includes(address) && typeOf(address) === "docker_registry_image",
  );
  if (gone.length === 0) return [];
  const engine = left.length === 0 ? ", and needs a Docker engine once more" : "";
  return [`leaves in the registry what ${gone.join(", ")} pushed${engine}`];
}

function ofPasswords({ causes }: Edit): string[] {
  const renewed = [...causes]
    .filter(([address, cause]) => PASSWORDS.includes(typeOf(address)) && isOfTurns(cause))
    .map(([address]) => address);
  return renewed.length === 0
    ? []
    : [
        `renews ${renewed.join(", ")}: new pods cannot pull from then on until the workload stack is applied as well; docs/runbook.md ` +
          "has a way without that gap",
      ];
}

/** Passwords go with the apply of the identity stack, and the cluster holds one until that of the workload stack. */
function ofFederation({ former, current }: Edit): string[] {
  const isOf = (stack: StackBlocks, type: string) =>
    [...resourcesOf(stack).keys()].some((address) => typeOf(address) === type);
  const [trust, password] = ["azuread_application_federated_identity_credential", "azuread_application_password"];
  // With the trust there before, they have been kept for a while.
  return isOf(current, trust) && !isOf(former, trust) && isOf(former, password) && !isOf(current, password)
    ? [
        "deletes the passwords that the cluster pulls with: new pods cannot pull until the workload stack is applied as well; " +
          "pull.federated.formerly keeps them until then",
      ]
    : [];
}

/** Whether it is the end of a password that makes it another one. */
function isOfTurns(cause: string): boolean {
  return cause === "end_date" || cause.endsWith(".expiry");
}
