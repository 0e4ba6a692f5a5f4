import type { Azure } from "../../config";
import { NotAllowed } from "../check";
import { jsonOf, type HttpClient } from "../http";
import { NetworkFault } from "../network-fault";
import type {
  AksPlace,
  AksResource,
  RegistryResource,
  RoleAssignment,
  RoleDefinition,
  ServicePrincipalObject,
  TokenResource,
} from "./azure-objects";
import { ENDPOINTS } from "./clouds";
import { NoLogin, type Operator } from "./operator";

/** The first version with roleAssignmentMode. */
const REGISTRIES = "2024-11-01-preview";
const AUTHORIZATION = "2022-04-01";
const SUBSCRIPTIONS = "2022-12-01";
const CLUSTERS = "2024-05-01";

/** Azure Resource Manager and Graph, as far as they are read here. */
export class AzureApi {
  private subscription: Promise<string> | undefined;

  constructor(
    private readonly http: HttpClient,
    private readonly operator: Operator,
    private readonly azure: Azure,
    private readonly variables: NodeJS.ProcessEnv,
  ) {}

  /** @returns undefined where there is none. @throws {NotAllowed | NoLogin | NetworkFault} */
  async registry(resourceGroup: string, name: string): Promise<RegistryResource | undefined> {
    const path = `/subscriptions/${await this.subscriptionId()}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerRegistry/registries/${name}`;
    return this.manage<RegistryResource>(`${path}?api-version=${REGISTRIES}`);
  }

  /** Whether nobody in the world has a registry of this name. */
  async isNameFree(name: string): Promise<boolean> {
    const path = `/subscriptions/${await this.subscriptionId()}/providers/Microsoft.ContainerRegistry/checkNameAvailability?api-version=${REGISTRIES}`;
    const answer = await this.manage<{ nameAvailable?: boolean }>(path, {
      name,
      type: "Microsoft.ContainerRegistry/registries",
    });
    return answer?.nameAvailable !== false;
  }

  token(registryId: string, name: string): Promise<TokenResource | undefined> {
    return this.manage<TokenResource>(`${registryId}/tokens/${name}?api-version=${REGISTRIES}`);
  }

  /** Of a principal and its groups, at the registry or above it. */
  async roleAssignments(registryId: string, principalId: string): Promise<readonly RoleAssignment[]> {
    // `principalId eq` leaves groups out: https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest
    const query = new URLSearchParams({
      "api-version": AUTHORIZATION,
      $filter: `atScope() and assignedTo('${principalId}')`,
    });
    const path = `${registryId}/providers/Microsoft.Authorization/roleAssignments?${query.toString()}`;
    return (await this.manage<{ value: RoleAssignment[] }>(path))?.value ?? [];
  }

  /** @returns undefined for a role that was deleted. */
  roleDefinition(id: string): Promise<RoleDefinition | undefined> {
    return this.manage<RoleDefinition>(`${id}?api-version=${AUTHORIZATION}`);
  }

  /** @returns undefined where there is none. */
  async cluster(place: AksPlace): Promise<AksResource | undefined> {
    return this.manage<AksResource>(`${await this.pathOf(place)}?api-version=${CLUSTERS}`);
  }

  /** Kubeconfig of an AKS cluster, as `az aks get-credentials` gets it. */
  async kubeconfig(place: AksPlace): Promise<string | undefined> {
    const path = `${await this.pathOf(place)}/listClusterUserCredential?api-version=${CLUSTERS}`;
    const found = await this.manage<{ kubeconfigs?: { value: string }[] }>(path, {});
    const value = found?.kubeconfigs?.[0]?.value;
    return value === undefined ? undefined : Buffer.from(value, "base64").toString("utf8");
  }

  /** @returns undefined where the tenant knows no principal of this application. */
  servicePrincipal(clientId: string): Promise<ServicePrincipalObject | undefined> {
    return this.graph<ServicePrincipalObject>(
      `/v1.0/servicePrincipals(appId='${clientId}')?$select=id,appId,displayName,accountEnabled`,
    );
  }

  /** Passwords of an application, which Graph shows without their secrets. */
  async passwords(
    objectId: string,
  ): Promise<readonly { readonly keyId: string; readonly displayName?: string | null }[]> {
    const found = await this.graph<{ passwordCredentials?: { keyId: string; displayName?: string | null }[] }>(
      `/v1.0/applications/${objectId}?$select=passwordCredentials`,
    );
    return found?.passwordCredentials ?? [];
  }

  /** Principals of this display name: names are not unique. */
  async servicePrincipalsNamed(displayName: string): Promise<readonly ServicePrincipalObject[]> {
    const filter = new URLSearchParams({
      $filter: `displayName eq '${displayName.replaceAll("'", "''")}'`,
      $select: "id,appId,displayName,accountEnabled",
    });
    return (
      (await this.graph<{ value: ServicePrincipalObject[] }>(`/v1.0/servicePrincipals?${filter.toString()}`))?.value ??
      []
    );
  }

  private async pathOf({ name, resourceGroup, subscriptionId }: AksPlace): Promise<string> {
    const subscription = subscriptionId ?? (await this.subscriptionId());
    return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`;
  }

  private subscriptionId(): Promise<string> {
    return (this.subscription ??= this.findSubscription());
  }

  private async findSubscription(): Promise<string> {
    const known =
      this.azure.subscriptionId ?? this.variables.ARM_SUBSCRIPTION_ID ?? this.variables.AZURE_SUBSCRIPTION_ID;
    if (known !== undefined) return known;
    const found = await this.manage<{ value: { subscriptionId: string }[] }>(
      `/subscriptions?api-version=${SUBSCRIPTIONS}`,
    );
    const [only, ...others] = found?.value ?? [];
    if (only && others.length === 0) return only.subscriptionId;
    throw new NotAllowed("azure.subscriptionId or ARM_SUBSCRIPTION_ID: the login has several subscriptions or none");
  }

  private manage<T>(path: string, body?: object): Promise<T | undefined> {
    return this.ask<T>(ENDPOINTS[this.azure.cloud].resourceManager, path, "Azure Resource Manager", body);
  }

  private graph<T>(path: string): Promise<T | undefined> {
    return this.ask<T>(ENDPOINTS[this.azure.cloud].graph, path, "Graph");
  }

  private async ask<T>(base: string, path: string, what: string, body?: object): Promise<T | undefined> {
    let token: string;
    try {
      token = await this.operator.token(base);
    } catch (error) {
      if (error instanceof NoLogin) throw new NotAllowed("a login to Azure");
      throw error;
    }
    const headers = { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) };
    let answer;
    try {
      answer = await this.http.request(base + path, {
        headers,
        ...(body && { method: "POST", body: JSON.stringify(body) }),
      });
    } catch (error) {
      if (error instanceof NetworkFault) throw new NotAllowed(`the way to ${what}: ${error.message}`);
      throw error;
    }
    if (answer.status === 404) return undefined;
    if (answer.status < 300) return jsonOf(answer.body) as T;
    const { error } = (jsonOf(answer.body) ?? {}) as { error?: { code?: string } };
    const isRight = answer.status === 401 || answer.status === 403;
    const needed = isRight ? `the right to read ${what}` : `an answer of ${what}`;
    throw new NotAllowed(`${needed}: ${answer.status} ${error?.code ?? ""}`.trimEnd());
  }
}
