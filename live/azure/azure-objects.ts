/** What is read of a registry: https://learn.microsoft.com/rest/api/container-registry/registries/get */
export interface RegistryResource {
  readonly id: string;
  readonly location: string;
  readonly sku: { readonly name: string };
  readonly properties: {
    readonly loginServer: string;
    readonly adminUserEnabled?: boolean;
    readonly publicNetworkAccess?: string;
    readonly roleAssignmentMode?: string;
    readonly dataEndpointEnabled?: boolean;
    readonly dataEndpointHostNames?: readonly string[];
  };
}

/** https://learn.microsoft.com/rest/api/container-registry/tokens/get */
export interface TokenResource {
  readonly properties: {
    readonly status?: string;
    /** Those that were generated: a new token has none. */
    readonly credentials?: { readonly passwords?: readonly { readonly name: string; readonly expiry?: string }[] };
  };
}

/** https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-scope */
export interface RoleAssignment {
  readonly properties: {
    readonly roleDefinitionId: string;
    readonly principalId: string;
    readonly scope: string;
    readonly condition?: string | null;
  };
}

/** https://learn.microsoft.com/rest/api/authorization/role-definitions/get */
export interface RoleDefinition {
  readonly properties: {
    readonly roleName: string;
    readonly permissions?: readonly {
      readonly actions?: readonly string[];
      readonly notActions?: readonly string[];
      readonly dataActions?: readonly string[];
      readonly notDataActions?: readonly string[];
    }[];
  };
}

/** https://learn.microsoft.com/rest/api/aks/managed-clusters/get */
export interface AksResource {
  readonly properties: {
    /** Clusters with a service principal have none. */
    readonly identityProfile?: { readonly kubeletidentity?: { readonly objectId: string } };
    readonly oidcIssuerProfile?: { readonly enabled?: boolean; readonly issuerURL?: string };
  };
}

/** Where an AKS cluster is. */
export interface AksPlace {
  readonly name: string;
  readonly resourceGroup: string;
  /** @default - that of the registry */
  readonly subscriptionId?: string | undefined;
}

/** https://learn.microsoft.com/graph/api/resources/serviceprincipal */
export interface ServicePrincipalObject {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly accountEnabled?: boolean;
}
