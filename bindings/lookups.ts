/**
 * How Terraform finds, while it plans, whether an object is there that a resource stands for, and the id that its provider
 * imports it by. None of the data sources fails where the object is not there.
 * Formats of ids: the "Import" section of each resource's page; read in azurerm 4.55.0, azuread 3.7.0, kubernetes 2.38.0.
 */
export interface Lookup {
  /** Data sources of Terraform JSON, by type and name. */
  readonly data: Readonly<Record<string, Readonly<Record<string, object>>>>;
  /** Expression: the ids of what is there, none or one. */
  readonly ids: string;
}

/** Something in Azure that has a location. */
export interface ArmObject {
  /** `Microsoft.ContainerRegistry/registries`. */
  readonly type: string;
  readonly name: string;
  readonly resourceGroup: string;
}

/**
 * The list is not asked by group, since it fails where there is none; and Azure writes the parts of an id in whatever case.
 * @param name Of the data sources, and the same in the others.
 */
export function armLookup(name: string, object: ArmObject): Lookup {
  const end = idInArm("", object).slice("/subscriptions/".length).toLowerCase();
  return {
    data: { azurerm_resources: { [name]: { type: object.type, name: object.name } } },
    ids: `[for r in data.azurerm_resources.${name}.resources : "${idInArm(SUBSCRIPTION, object)}" if endswith(lower(r.id), "${end}")]`,
  };
}

/** The resource group of an object in Azure: nothing lists groups, and the data source of one fails where there is none. */
export function groupLookup(name: string, object: ArmObject): Lookup {
  const { data, ids } = armLookup(name, object);
  return {
    data: { ...data, azurerm_resource_group: { [name]: { count: `\${length(${ids})}`, name: object.resourceGroup } } },
    ids: `data.azurerm_resource_group.${name}[*].id`,
  };
}

/** @param subscription Its id, or a template. */
export function idInArm(subscription: string, { type, name, resourceGroup }: ArmObject): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${type}/${name}`;
}

/** Of the resource `r` of a list. */
const SUBSCRIPTION = '${split("/", r.id)[2]}';

/** What says which role it is. */
export interface RoleOf {
  /** Resource id of what it is on, or a template. */
  readonly scope: string;
  /** Name of the role, as a string of Terraform JSON. */
  readonly role: string;
  /** Expression: object ids of the principals, none or one. */
  readonly principals: string;
}

/** A role of exactly this scope: one that comes from above is another. */
export function roleLookup(name: string, of: RoleOf): Lookup {
  const isIt = `contains(${of.principals}, a.principal_id) && ${isRole("a", name)}`;
  return {
    data: {
      azurerm_role_assignments: { [name]: { scope: of.scope } },
      azurerm_role_definition: { [name]: { name: of.role } },
    },
    ids: `[for a in data.azurerm_role_assignments.${name}.role_assignments : a.role_assignment_id if ${isIt}]`,
  };
}

/** Expression: whether an assignment of the list that `roleLookup` reads is of this role and scope. */
export function isRole(assignment: string, name: string): string {
  const definition = `lower(data.azurerm_role_definition.${name}.role_definition_id)`;
  const scope = `lower(data.azurerm_role_assignments.${name}.scope)`;
  return `lower(${assignment}.role_assignment_scope) == ${scope} && endswith(lower(${assignment}.role_definition_id), ${definition})`;
}

/** The principal of an application. @param clientId Of the application, or a template. */
export function principalLookup(name: string, clientId: string): Lookup {
  return {
    data: { azuread_service_principals: { [name]: { client_ids: [clientId], ignore_missing: true } } },
    ids: `[for id in ${principalsFoundBy(name)} : "/servicePrincipals/\${id}"]`,
  };
}

/** Expression: object ids of what `principalLookup` found. */
export function principalsFoundBy(name: string): string {
  return `data.azuread_service_principals.${name}.object_ids`;
}

/** An application that has a principal: nothing lists applications, and the data source of one fails where there is none. */
export function applicationLookup(name: string, clientId: string): Lookup {
  const { data } = principalLookup(name, clientId);
  return {
    data: {
      ...data,
      azuread_application: { [name]: { count: `\${length(${principalsFoundBy(name)})}`, client_id: clientId } },
    },
    ids: `[for a in data.azuread_application.${name} : "/applications/\${a.object_id}"]`,
  };
}

/** An object of Kubernetes. */
export interface ObjectOfKind {
  /** Type of its resource: `kubernetes_deployment_v1`. */
  readonly type: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** @default - the kind is in no namespace */
  readonly namespace?: string | undefined;
}

/** What the data source reads lies in the state, with the values of a secret. */
export function objectLookup(name: string, object: ObjectOfKind): Lookup {
  const { apiVersion: api_version, kind, namespace } = object;
  const selector = { field_selector: `metadata.name=${object.name}` };
  return {
    data: {
      kubernetes_resources: {
        [name]: { api_version, kind, ...selector, ...(namespace !== undefined && { namespace }) },
      },
    },
    ids: `[for o in data.kubernetes_resources.${name}.objects : "${objectId(object)}"]`,
  };
}

/**
 * A pull secret that Deployments name: looked for in them, since to look for the secret itself reads its values into the state.
 * @param deployments Names, in the namespace of the secret.
 */
export function namedSecretLookup(
  name: string,
  secret: { readonly namespace: string; readonly name: string },
  deployments: readonly string[],
): Lookup {
  const { namespace } = secret;
  const found = deployments.map((deployment, index) =>
    objectLookup(`${name}-${index}`, { ...DEPLOYMENT, name: deployment, namespace }),
  );
  const objects = deployments.map((_, index) => `data.kubernetes_resources.${name}-${index}.objects`).join(", ");
  const names = "try([for s in o.spec.template.spec.imagePullSecrets : s.name], [])";
  return {
    data: {
      kubernetes_resources: Object.assign({}, ...found.map(({ data }) => data.kubernetes_resources)) as Record<
        string,
        object
      >,
    },
    ids: `[for o in concat(${objects}) : "${namespace}/${secret.name}" if contains(${names}, "${secret.name}")]`,
  };
}

const DEPLOYMENT = { type: "kubernetes_deployment_v1", apiVersion: "apps/v1", kind: "Deployment" };

/** The id that a resource of the provider is imported by. */
export function objectId({ type, apiVersion, kind, namespace, name }: ObjectOfKind): string {
  const parts = { apiVersion, kind, ...(namespace !== undefined && { namespace }), name };
  if (type !== "kubernetes_manifest") return namespace === undefined ? name : `${namespace}/${name}`;
  return Object.entries(parts)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}
