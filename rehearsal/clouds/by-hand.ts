import type { Clouds } from ".";
import type { Cluster } from "./kubernetes/cluster";
import type { Registry } from "./registry-object";

/** The tutorial's commands, as people type them: what they make is in no state of Terraform. */
export class ByHand {
  constructor(private readonly clouds: Clouds) {}

  /** `az acr create`. */
  createRegistry(
    place: { readonly subscriptionId: string; readonly resourceGroup: string; readonly location: string },
    name: string,
    { sku = "Basic", adminEnabled = false }: { readonly sku?: string; readonly adminEnabled?: boolean } = {},
  ): Registry {
    return this.clouds.arm.createRegistry({
      ...place,
      ...{ name, sku, adminEnabled, tags: {} },
      ...{ anonymousPullEnabled: false, publicNetworkAccess: true, hasNetworkRules: false },
    });
  }

  /** `az ad sp create-for-rbac --name <name> --scopes <scope> --role <role>`. @returns What a pull logs in with. */
  createForRbac(
    name: string,
    { scope, role = "AcrPull", clientId }: { scope: string; role?: string; clientId?: string },
  ): { username: string; password: string } {
    const { entra, arm } = this.clouds;
    const owners = [entra.caller.objectId];
    const application = entra.createApplication(name, owners, clientId);
    const principal = entra.createServicePrincipal(application.clientId, owners);
    const { secret } = entra.addPassword(application.objectId, "rbac");
    arm.roles.assign({ scope, roleName: role, principalId: principal.objectId, principalType: "ServicePrincipal" });
    return { username: application.clientId, password: secret };
  }

  /** `kubectl create secret docker-registry <name>`. */
  createSecret(
    cluster: Cluster,
    metadata: { readonly namespace: string; readonly name: string },
    server: string,
    { username, password }: { readonly username: string; readonly password: string },
  ): void {
    const auth = Buffer.from(`${username}:${password}`).toString("base64");
    cluster.secrets.create({
      metadata,
      type: "kubernetes.io/dockerconfigjson",
      data: { ".dockerconfigjson": JSON.stringify({ auths: { [server]: { username, password, auth } } }) },
    });
  }

  /** `kubectl apply` of the tutorial's Deployment. */
  createDeployment(
    cluster: Cluster,
    metadata: { readonly namespace: string; readonly name: string },
    { image, secret, labels }: { readonly image: string; readonly secret?: string; readonly labels: Labels },
  ): void {
    const container = { name: "app", image, imagePullPolicy: "Always", ports: [{ containerPort: 80 }] };
    const imagePullSecrets = secret === undefined ? undefined : [{ name: secret }];
    cluster.createDeployment({
      metadata: { ...metadata, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [container], ...(imagePullSecrets && { imagePullSecrets }) },
        },
      },
    });
  }

  /** `kubectl apply` of the tutorial's Service. */
  createService(
    cluster: Cluster,
    metadata: { readonly namespace: string; readonly name: string },
    { type, selector }: { readonly type: string; readonly selector: Labels },
  ): void {
    cluster.services.create({
      metadata,
      spec: { type, selector, ports: [{ port: 80, targetPort: 80 }] },
    });
  }
}

type Labels = Readonly<Record<string, string>>;
