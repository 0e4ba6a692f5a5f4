import { CloudError } from "../sdk/model";
import { covers, sameId } from "./arm-ids";
import type { Entra } from "./entra";
import { httpError } from "./http-error";
import type { Ids } from "./ids";

/** What a role allows in the data plane of a registry, by the registry's mode of role assignments. */
interface RoleDefinition {
  readonly guid: string;
  /** In a registry without ABAC. */
  readonly pulls: boolean;
  /** In a registry with ABAC, where AcrPull and its like are ignored. */
  readonly pullsWithAbac: boolean;
}

const ROLES: Readonly<Record<string, RoleDefinition>> = {
  AcrPull: { guid: "7f951dda-4ed3-4680-a7ca-43fe172d538d", pulls: true, pullsWithAbac: false },
  AcrPush: { guid: "8311e382-0749-4cb8-b61a-304f252e45ec", pulls: true, pullsWithAbac: false },
  AcrDelete: { guid: "c2f4ef07-c644-48eb-af81-4b1b4947fb11", pulls: false, pullsWithAbac: false },
  "Container Registry Repository Reader": {
    guid: "b93aa761-3e63-49ed-ac28-beffa264f7ac",
    pulls: false,
    pullsWithAbac: true,
  },
  "Container Registry Repository Writer": {
    guid: "2a1e307c-b015-4ebd-883e-5b7698a07328",
    pulls: false,
    pullsWithAbac: true,
  },
  Owner: { guid: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", pulls: true, pullsWithAbac: false },
  Contributor: { guid: "b24988ac-6180-42a0-ab88-20f7382dd24c", pulls: true, pullsWithAbac: false },
  Reader: { guid: "acdd72a7-3385-48ef-bd42-f606fba81ae7", pulls: true, pullsWithAbac: false },
  "Key Vault Secrets User": { guid: "4633458b-17de-408a-b874-0445c86b69e6", pulls: false, pullsWithAbac: false },
  "Key Vault Secrets Officer": { guid: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7", pulls: false, pullsWithAbac: false },
};

const NAME_CLAUSE = /repositories:name\]\s+(?:ForAnyOfAnyValues:)?(String\w+)\s+(\{[^}]*\}|'[^']*')/g;

export interface RoleAssignmentInput {
  readonly scope: string;
  readonly roleName: string;
  readonly principalId: string;
  readonly principalType?: string | undefined;
  readonly condition?: string | undefined;
}

export interface RoleAssignment extends RoleAssignmentInput {
  readonly id: string;
  readonly name: string;
  readonly principalType: string;
}

/** Role assignments of Azure Resource Manager, and what they allow. */
export class RoleAssignments {
  private assignments: RoleAssignment[] = [];

  constructor(
    private readonly entra: Entra,
    private readonly ids: Ids,
  ) {}

  /**
   * Naming the principal's type lets ARM skip the look-up of the principal, which fails while Entra replicates; a
   * wrong id then goes unnoticed, and gives nothing.
   *
   * @throws CloudError with Azure's own code: `PrincipalNotFound`, `RoleAssignmentExists`.
   */
  assign(input: RoleAssignmentInput, name?: string): RoleAssignment {
    if (input.principalType === undefined && !this.entra.knows(input.principalId)) {
      throw httpError(
        400,
        "PrincipalNotFound",
        `Principal ${input.principalId.replaceAll("-", "")} does not exist in the directory ${this.entra.tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
      );
    }
    const twin = this.assignments.find(
      (other) =>
        sameId(other.scope, input.scope) &&
        other.roleName === input.roleName &&
        other.principalId === input.principalId,
    );
    if (twin) {
      throw httpError(
        409,
        "RoleAssignmentExists",
        `The role assignment already exists. The ID of the existing role assignment is ${twin.name}.`,
      );
    }
    const guid = name ?? this.ids.uuid(`assignment/${input.scope}/${input.roleName}/${input.principalId}`);
    const id = `${input.scope}/providers/Microsoft.Authorization/roleAssignments/${guid}`;
    const assignment = { ...input, id, name: guid, principalType: input.principalType ?? "ServicePrincipal" };
    this.assignments.push(assignment);
    return assignment;
  }

  get(id: string): RoleAssignment | undefined {
    return this.assignments.find((assignment) => sameId(assignment.id, id));
  }

  all(): readonly RoleAssignment[] {
    return this.assignments;
  }

  delete(id: string): void {
    this.assignments = this.assignments.filter((assignment) => !sameId(assignment.id, id));
  }

  /** What is assigned on an object goes with the object. */
  deleteUnder(scope: string): void {
    this.assignments = this.assignments.filter((assignment) => !covers(scope, assignment.scope));
  }

  /** Whether a principal has some role on a registry, whatever it allows. */
  holdsAny(principalId: string, registryId: string): boolean {
    return this.assignments.some((one) => one.principalId === principalId && covers(one.scope, registryId));
  }

  /** @param abac The registry is in ABAC mode. */
  canPull(principalId: string, registryId: string, abac: boolean, repository: string): boolean {
    return this.assignments.some((assignment) => {
      const role = ROLES[assignment.roleName];
      if (assignment.principalId !== principalId || !covers(assignment.scope, registryId)) return false;
      if (!abac) return role?.pulls ?? false;
      return (role?.pullsWithAbac ?? false) && conditionAllows(assignment.condition, repository);
    });
  }
}

/** @throws CloudError for a name that is no built-in role known here. */
export function roleDefinitionId(subscriptionId: string, roleName: string): string {
  const role = ROLES[roleName];
  if (!role) throw new CloudError(`listing role definitions: could not find role \`${roleName}\``);
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role.guid}`;
}

/** @throws CloudError for a definition that is no built-in role known here. */
export function roleNameOf(definitionId: string): string {
  const found = Object.entries(ROLES).find(([, role]) => definitionId.toLowerCase().endsWith(role.guid));
  if (!found) throw new CloudError(`retrieving Role Definition "${definitionId}": RoleDefinitionDoesNotExist`);
  return found[0];
}

/** Of the condition language, the clauses on repository names: the ones that a pull meets. */
function conditionAllows(condition: string | undefined, repository: string): boolean {
  if (condition === undefined) return true;
  return [...condition.matchAll(NAME_CLAUSE)].some(([, operator = "", operand = ""]) =>
    [...operand.matchAll(/'([^']*)'/g)].some(([, value = ""]) => compare(operator, repository, value)),
  );
}

function compare(operator: string, repository: string, value: string): boolean {
  const ignoreCase = operator.endsWith("IgnoreCase");
  const [actual, expected] = ignoreCase ? [repository.toLowerCase(), value.toLowerCase()] : [repository, value];
  if (operator.startsWith("StringEquals")) return actual === expected;
  if (operator.startsWith("StringStartsWith")) return actual.startsWith(expected);
  return false;
}
