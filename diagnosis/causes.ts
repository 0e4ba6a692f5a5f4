/** Why something cannot be pulled. */
export interface Cause {
  /** What is wrong, as a line begins with it. */
  readonly title: string;
  /** What people see: messages of kubelets, registries and providers, for search. @default - nothing says so by itself */
  readonly seen?: readonly string[];
  /** How it is proved from outside. */
  readonly proof: string;
  /** What to do. */
  readonly remedy: string;
}

const ANONYMOUS = "failed to fetch anonymous token: unexpected status: 401 Unauthorized";
const OAUTH = "failed to fetch oauth token: unexpected status: 401 Unauthorized";

/**
 * Every cause that is known, by the name under which docs/troubleshooting.md has it. The one table: live checks, the rehearsal and the
 * docs say what stands here. Sources: kubelet and containerd as measured (`docs/rehearsal.md`), ACR's and Entra's documentation
 * (https://learn.microsoft.com/azure/container-registry/container-registry-troubleshoot-login,
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
 */
export const CAUSES = {
  "host-unknown": {
    title: "the registry's host has no address",
    seen: ["dial tcp: lookup contoso.azurecr.io on 10.96.0.10:53: no such host"],
    proof: "resolve the name",
    remedy:
      "correct the registry's name, create the registry, or let the private DNS zone privatelink.azurecr.io answer here",
  },
  "host-unreachable": {
    title: "nothing answers at the registry's address",
    seen: ["dial tcp 10.1.0.4:443: i/o timeout", "dial tcp 10.1.0.4:443: connect: connection refused"],
    proof: "connect to port 443 of the address",
    remedy:
      "open the way: peering and routes to the private endpoint, network security groups, the firewall between here and port 443",
  },
  "certificate-untrusted": {
    title: "somebody between here and the registry answers with a certificate of their own",
    seen: ["x509: certificate signed by unknown authority"],
    proof: "the certificate's issuer",
    remedy:
      "give the inspecting proxy's CA to nodes and to this machine (NODE_EXTRA_CA_CERTS), or take the registry out of the inspection",
  },
  "certificate-of-another": {
    title: "the certificate is for another host",
    seen: ["x509: certificate is valid for example.com, not contoso.azurecr.io"],
    proof: "the names in the certificate",
    remedy: "correct the host's name or what it resolves to: something else answers there",
  },
  "certificate-ended": {
    title: "the certificate is not valid at this time",
    seen: ["x509: certificate has expired or is not yet valid"],
    proof: "the certificate's dates against the clock",
    remedy: "set the clock by NTP; if it is right, whoever keeps the certificate has to renew it",
  },
  "clock-wrong": {
    title: "the clock here is not the registry's",
    seen: ["x509: certificate has expired or is not yet valid: current time … is before …"],
    proof: "the registry's Date header",
    remedy: "set the clock by NTP: tokens and certificates hold for minutes",
  },
  "not-a-registry": {
    title: "what answers is not a registry of Azure",
    seen: ["unexpected status from HEAD request to https://…/v2/: 200 OK"],
    proof: "GET /v2/ without a token is answered by 401 with a Bearer challenge",
    remedy: "correct the host; a proxy or a parking page answers there",
  },
  "firewall-refuses": {
    title: "the registry's firewall refuses this address",
    seen: [
      "client with IP '203.0.113.7' is not allowed access",
      "failed to fetch oauth token: unexpected status: 403 Forbidden",
    ],
    proof: "the token endpoint's 403, asked from the address that pulls",
    remedy:
      "allow the address in the registry's network rules, or pull through a private endpoint; what counts is the nodes' address",
  },
  "registry-throttles": {
    title: "the registry throttles",
    seen: ["429 Too Many Requests", "toomanyrequests"],
    proof: "status 429, Retry-After",
    remedy: "wait as long as Retry-After says, spread rollouts, or take a larger SKU",
  },
  "registry-fails": {
    title: "the registry has a fault of its own",
    seen: ["unexpected status code 503 Service Unavailable"],
    proof: "a status of 500 or more",
    remedy: "try again; if it stays, look at https://azure.status.microsoft",
  },
  "registry-missing": {
    title: "there is no such registry",
    seen: [
      "ResourceNotFound: The Resource 'Microsoft.ContainerRegistry/registries/contoso' under resource group 'rg' was not found",
    ],
    proof: "ask Azure Resource Manager",
    remedy:
      "correct registry.name, registry.resourceGroup or azure.subscriptionId; or apply the registry stack, if it is to be created",
  },
  "registry-name-taken": {
    title: "somebody else has a registry of this name",
    seen: ["The registry DNS name contoso.azurecr.io is already in use"],
    proof: "checkNameAvailability",
    remedy: "choose another registry.name, or adopt the registry by existing: true if it is yours",
  },
  "registry-in-other-mode": {
    title: "the registry's role assignment mode is not the one that the file says",
    proof: "roleAssignmentMode of the registry",
    remedy:
      "set registry.repositoryPermissions as the registry has it: with permissions by repository AcrPull is ignored",
  },
  "credential-missing": {
    title: "the pull was tried without a credential",
    seen: [ANONYMOUS],
    proof: "imagePullSecrets of pod and service account, the secret, and the hosts in its auths",
    remedy:
      "name the pull secret in the pod or its service account, and look at the secret itself: type and host must be right",
  },
  "credential-refused": {
    title: "the registry does not take the credential",
    seen: [OAUTH, "unable to retrieve auth token: invalid username/password: unauthorized"],
    proof: "the token endpoint's 401; a wrong password and a missing role look alike from a pod",
    remedy: "run acr-pull verify with a login to Azure: it asks Entra and the registry which of the two it is",
  },
  "password-wrong": {
    title: "the password is wrong",
    seen: ["AADSTS7000215: Invalid client secret provided", "Invalid clientid or client secret"],
    proof: "sign in to Entra with the same secret",
    remedy: "apply identity, then workload; a secret's value is wanted, not its id",
  },
  "password-ended": {
    title: "the password has ended",
    seen: ["AADSTS7000222: The provided client secret keys for app '…' are expired"],
    proof: "sign in to Entra with the same secret; the secret's annotation acr-pull/expires",
    remedy: "apply identity, then workload, and let a schedule do so: docs/runbook.md says how often",
  },
  "application-unknown": {
    title: "the user name is no application of this tenant",
    seen: [
      "AADSTS700016: Application with identifier '…' was not found in the directory",
      "Application not registered with AAD",
    ],
    proof: "sign in to Entra with the same secret",
    remedy: "correct azure.tenantId, or apply the identity stack again: the application was deleted",
  },
  "application-disabled": {
    title: "the application is disabled, or a policy refuses its sign-in",
    seen: [
      "AADSTS7000112: Application '…' is disabled",
      "AADSTS53003: Access has been blocked by Conditional Access policies",
    ],
    proof: "sign in to Entra with the same secret",
    remedy:
      "enable the service principal, or have the policy let workload identities sign in from the nodes' addresses",
  },
  "username-malformed": {
    title: "the user name is neither an application's id nor a token's name",
    seen: ["client id must be guid"],
    proof: "its form",
    remedy: "write the application's (client) id, not its display name nor the object id",
  },
  "role-missing": {
    title: "the identity has no role that pulls",
    seen: [
      OAUTH,
      "authentication required, visit https://aka.ms/acr/authorization",
      "denied: requested access to the resource is denied",
      "retrieving permissions failed",
    ],
    proof: "Entra takes the password, the registry gives no token with pull",
    remedy: "apply the identity stack; a role that was only just assigned takes up to ten minutes",
  },
  "role-ignored": {
    title: "the registry grants by repository and ignores AcrPull",
    seen: [OAUTH, "denied: requested access to the resource is denied"],
    proof: "roleAssignmentMode is AbacRepositoryPermissions",
    remedy:
      "set registry.repositoryPermissions: true and apply the identity stack: it assigns Container Registry Repository Reader",
  },
  "token-disabled": {
    title: "the registry's token is disabled",
    seen: [OAUTH],
    proof: "status of the token in Azure Resource Manager",
    remedy: "enable the token, or apply the identity stack",
  },
  "image-missing": {
    title: "the registry has no such image",
    seen: [
      "manifest unknown",
      "name unknown",
      'rpc error: code = NotFound desc = failed to pull and unpack image "…": failed to resolve reference "…": …: not found',
    ],
    proof: "HEAD of the manifest, with a credential that may read it",
    remedy:
      "push it, or correct repository, tag or digest; look at purge tasks and the retention policy, which delete what no tag names",
  },
  "image-locked": {
    title: "the image is locked",
    seen: ["REGISTRY_DISALLOWED_OPERATION"],
    proof: "status 405 for the manifest",
    remedy: "az acr repository update --image … --read-enabled true",
  },
  "image-quarantined": {
    title: "the image is in quarantine",
    seen: ["IMAGE_QUARANTINED: The image is quarantined.", "manifest unknown: manifest tagged by … is not found"],
    proof: "quarantineState of the manifest, asked by somebody with AcrQuarantineReader",
    remedy:
      "let the scanner release it: whoever is AcrQuarantineWriter sets quarantineState to Passed; registry.quarantine holds every push back until then",
  },
  "source-throttles": {
    title: "the registry that a cache rule fetches from throttles",
    seen: ["toomanyrequests: too many requests to source registry for cache rule", "429 Too Many Requests"],
    proof: "the registry's words to GET of the manifest, which no node repeats",
    remedy:
      "give the cache rule a credentialSet, with an account whose limit is high enough; what is cached is served all the same",
  },
  "source-login-refused": {
    title: "a cache rule cannot sign in to the registry that it fetches from",
    seen: ["unauthorized: authentication required with source registry for cache rule"],
    proof: "status of the credential set (az acr credential-set show); its two secrets in the key vault",
    remedy:
      "put a user name and a token that are good today into the two secrets, and let the identity of the credential set read them: the registry stack gives it Key Vault Secrets User",
  },
  "source-unreachable": {
    title: "the registry that a cache rule fetches from does not answer",
    seen: ["request to fetch manifest from source … for cache rule … returned status code 502", "502 Bad Gateway"],
    proof: "the registry's words to GET of the manifest, which no node repeats",
    remedy: "wait: what is cached is served all the same; pin by digest what must not depend on its source",
  },
  "platform-missing": {
    title: "the image is not made for the nodes' platform",
    seen: ["no match for platform in manifest: not found", "no image found in image index for architecture"],
    proof: "platforms of the index against those of the nodes",
    remedy: "build for the platform too, or choose nodes by nodeSelector: kubernetes.io/arch",
  },
  "platform-other": {
    title: "the image is made for another platform, and will be pulled all the same",
    seen: ["exec format error"],
    proof: "architecture in the image's configuration against those of the nodes",
    remedy: "build for the nodes' platform, or choose nodes by nodeSelector: kubernetes.io/arch",
  },
  "layers-unreachable": {
    title: "the host that the layers lie on cannot be reached",
    seen: [
      "dial tcp: lookup contoso.westeurope.data.azurecr.io: no such host",
      "failed to copy: httpReadSeeker: failed open … blob.core.windows.net: i/o timeout",
    ],
    proof: "one byte of a layer, by the redirect that the registry answers with",
    remedy:
      "let nodes reach that host too: *.blob.core.windows.net, or <name>.<region>.data.azurecr.io with dedicated data endpoints",
  },
  "operator-unknown": {
    title: "nobody is logged in to Azure here",
    seen: ["AADSTS700082", "Please run 'az login' to setup account"],
    proof: "ask for a token",
    remedy:
      "az login, or give ARM_/AZURE_ variables of a principal that may read; the checks that need it are left out until then",
  },
  "operator-role-missing": {
    title: "the one who is logged in here may not pull",
    proof: "exchange the login's token for one of the registry",
    remedy:
      "have AcrPull (Container Registry Repository Reader with permissions by repository) assigned to the login; nodes need it not",
  },
  "kubeconfig-missing": {
    title: "the kubeconfig cannot be read",
    seen: ["stat ~/.kube/config: no such file or directory"],
    proof: "read the file",
    remedy: "put the file where clusters.<key>.kubeconfig.path says, or correct the path",
  },
  "context-unknown": {
    title: "the kubeconfig has no such context",
    seen: ['context "…" does not exist'],
    proof: "the contexts in the file",
    remedy: "correct clusters.<key>.kubeconfig.context, or add the context to the file",
  },
  "cluster-missing": {
    title: "there is no such AKS cluster",
    seen: [
      "ResourceNotFound: The Resource 'Microsoft.ContainerService/managedClusters/aks' under resource group 'rg' was not found",
    ],
    proof: "ask Azure Resource Manager",
    remedy: "correct name, resourceGroup or subscriptionId of clusters.<key>.aks",
  },
  "nodes-without-identity": {
    title: "the cluster's nodes have no managed identity",
    seen: [
      "kubelet_identity is empty list of object. The given key does not identify an element in this collection value",
    ],
    proof: "identityProfile of the cluster in Azure Resource Manager",
    remedy:
      "az aks update --enable-managed-identity, or give clusters.<key>.pull.managedIdentity.objectId of the principal that its nodes pull by",
  },
  "cluster-unreachable": {
    title: "the cluster's API server does not answer",
    seen: ["Unable to connect to the server: dial tcp"],
    proof: "GET /version",
    remedy: "look at the server's address in the kubeconfig, at VPN and authorized address ranges",
  },
  "cluster-login-ended": {
    title: "the cluster does not know who asks",
    seen: ["error: You must be logged in to the server (Unauthorized)"],
    proof: "GET /version is answered by 401",
    remedy: "log in again: az login, kubelogin, or a new token in the kubeconfig",
  },
  "cluster-forbids": {
    title: "the login may not do in the cluster what an apply has to",
    seen: ['is forbidden: User "…" cannot create resource'],
    proof: "SelfSubjectAccessReview",
    remedy: "bind a role that may, in each namespace of the environment",
  },
  "namespace-missing": {
    title: "the namespace is not there",
    seen: ['namespaces "…" not found'],
    proof: "read it",
    remedy: "apply the workload stack, or have the one who keeps the namespace create it",
  },
  "admission-refuses": {
    title: "admission lets no such pod in",
    seen: ['pods "…" is forbidden: violates PodSecurity "restricted:latest"', "exceeded quota"],
    proof: "the level that the namespace enforces; FailedCreate events of the ReplicaSet",
    remedy:
      "make the pod keep to the level that the namespace enforces, raise the quota, or set the namespace's podSecurity",
  },
  "secret-missing": {
    title: "the pull secret is not in the namespace",
    seen: ["Unable to retrieve some image pull secrets (…); attempting to pull the image may not succeed."],
    proof: "read it in the namespace of the pod: Kubernetes looks nowhere else",
    remedy: "apply the workload stack; for a namespace of others name it under namespaces",
  },
  "secret-of-wrong-type": {
    title: "the pull secret is of a type that kubelets do not read",
    seen: [ANONYMOUS],
    proof: "its type",
    remedy: "delete it and apply the workload stack: the type of a secret cannot be changed",
  },
  "secret-unreadable": {
    title: "the pull secret's content is no Docker configuration",
    seen: [ANONYMOUS],
    proof: "decode it",
    remedy: "apply the workload stack; by hand: kubectl create secret docker-registry",
  },
  "secret-encoded-twice": {
    title: "the pull secret's content is base64 of base64",
    seen: [ANONYMOUS],
    proof: "decode it twice",
    remedy:
      "give the plain text where a tool encodes by itself (stringData, Terraform's data), base64 where it does not",
  },
  "secret-for-another-host": {
    title: "the pull secret has no credential for the image's host",
    seen: [ANONYMOUS],
    proof: "keys of auths against the host that the image's name begins with, in lower case",
    remedy: "apply the workload stack; an image must be named by the registry's login server",
  },
  "secret-not-referenced": {
    title: "nothing names the pull secret",
    seen: [ANONYMOUS],
    proof: "imagePullSecrets of pod and service account",
    remedy: "name it in the pod's imagePullSecrets, or in its service account's (pods made before keep what they had)",
  },
  "secret-of-another": {
    title: "the pull secret holds the credential of somebody else",
    proof: "its user name against the identity that the file means",
    remedy: "apply the workload stack; find who else writes this secret: two tools for one name undo each other's work",
  },
  "deadline-near": {
    title: "the credential has to be renewed soon",
    proof: "the secret's annotation acr-pull/apply-before",
    remedy: "apply identity, then workload, before that time",
  },
  "deadline-missed": {
    title: "the credential should have been renewed",
    proof: "the secret's annotation acr-pull/apply-before",
    remedy: "apply identity, then workload, now: with the next generation the password is deleted",
  },
  "image-name-invalid": {
    title: "the image's name is none",
    seen: ["InvalidImageName", "couldn't parse image name", "repository name must be lowercase"],
    proof: "the container's waiting reason",
    remedy: "write the name in lower case, as host/repository:tag or host/repository@digest",
  },
  "image-runs-as-root": {
    title: "the image would run as root, which the pod forbids",
    seen: ["container has runAsNonRoot and image will run as root", "container's runAsUser breaks non-root policy"],
    proof: "USER of the image",
    remedy: "end the Dockerfile with USER and a number above 0, or set runAsUser",
  },
  "image-user-named": {
    title: "the image names its user instead of numbering it",
    seen: ["container has runAsNonRoot and image has non-numeric user"],
    proof: "USER of the image",
    remedy: "write USER with the number, or set runAsUser",
  },
  "image-never-pulled": {
    title: "the pod may not pull, and the node has no image that this credential has pulled",
    seen: ["ErrImageNeverPull", "is not present with pull policy of Never"],
    proof: "the container's waiting reason",
    remedy:
      "set pullPolicy: IfNotPresent; since Kubernetes 1.35 an image on a node is for those alone who could pull it",
  },
  "configuration-missing": {
    title: "the container needs a secret or a config map that is not there",
    seen: ["CreateContainerConfigError", 'secret "…" not found', 'configmap "…" not found', "couldn't find key"],
    proof: "the container's waiting message",
    remedy: "create it, with the key that the pod names, in the pod's namespace",
  },
  "program-missing": {
    title: "the container's program does not start",
    seen: ["StartError", 'exec: "/x": stat /x: no such file or directory'],
    proof: "the container's terminated reason",
    remedy: "correct command and args, or the image",
  },
  "program-ends": {
    title: "the container starts and ends again and again",
    seen: ["CrashLoopBackOff"],
    proof: "its exit code; kubectl logs --previous",
    remedy: "read its log: it was pulled, and the rest is the program's",
  },
  "node-throttles": {
    title: "the kubelet pulls too much at once",
    seen: ["pull QPS exceeded"],
    proof: "the event's text",
    remedy: "raise registryPullQPS of the kubelet, or let fewer pods start at a time",
  },
  "pod-unschedulable": {
    title: "no node takes the pod",
    seen: ["0/3 nodes are available"],
    proof: "the pod's condition PodScheduled",
    remedy: "correct nodeSelector and tolerations, requests, or add nodes",
  },
  "rollout-unfinished": {
    title: "the rollout is not done",
    seen: ["Deployment exceeded its progress deadline", "Waiting for rollout to finish"],
    proof: "conditions of the Deployment",
    remedy: "look at its pods' causes; apply again when they are mended",
  },
  "kind-missing": {
    title: "the cluster does not have the kind of a custom resource",
    seen: ["API did not recognize GroupVersionKind from manifest (CRD may not be installed)"],
    proof: "kubectl api-resources has no such kind, or only another version of it",
    remedy:
      "install what defines the kind before the plan: External Secrets Operator 0.16 or later, or msi-acrpull 0.1.24 with AcrPullBinding v1beta2",
  },
  "controller-silent": {
    title: "the controller of a custom resource says nothing",
    seen: ["timed out waiting on conditions", "timed out waiting on field matchers"],
    proof: "the object has no status; the controller's pods do not run, or do not watch its namespace",
    remedy:
      "start the controller, and apply again; its own image must not come from the registry that it gives access to",
  },
  "issuer-differs": {
    title: "the cluster's tokens have another issuer than the application trusts",
    seen: ["AADSTS700211: No matching federated identity record found for presented assertion issuer"],
    proof: "iss of kubectl create token against the file, letter by letter, the last slash too",
    remedy:
      "write the issuer that kubectl get --raw /.well-known/openid-configuration says into the file, and apply the identity stack",
  },
  "subject-differs": {
    title: "the application trusts no such service account",
    seen: ["AADSTS700213: No matching federated identity record found for presented assertion subject"],
    proof: "az ad app federated-credential list",
    remedy:
      "apply the identity stack, which trusts each namespace of the file; where it has, wait: Entra ID needs minutes after a try that came too early",
  },
  "audience-differs": {
    title: "the application trusts tokens for another audience",
    seen: ["AADSTS700212: No matching federated identity record found for presented assertion audience"],
    proof:
      "audiences of the federated credential: api://AzureADTokenExchange for externalSecrets, api://AzureCRTokenExchange for acrPull",
    remedy:
      "apply the identity stack, and leave audiences of generators and --service-account-token-audience as they are",
  },
  "trust-missing": {
    title: "the application trusts nobody, or Entra ID does not know it yet",
    seen: ["AADSTS70021: No matching federated identity record found for presented assertion"],
    proof: "az ad app federated-credential list",
    remedy: "apply the identity stack; where it has been, wait some minutes: the controller tries again by itself",
  },
  "issuer-unreachable": {
    title: "Entra ID does not reach the documents of the cluster's issuer",
    seen: ["AADSTS50166: Request to External OIDC endpoint failed", "AADSTS90061", "AADSTS501661"],
    proof: "get /.well-known/openid-configuration and its jwks_uri from outside, without credentials",
    remedy: "publish both documents at the issuer's URL, for everybody: docs/federation.md says how",
  },
  "issuer-keys-old": {
    title: "the published keys of the issuer are not the cluster's",
    seen: ["AADSTS7000272: The certificate with identifier … could not be found in the metadata of identity provider"],
    proof: "kid of kubectl create token against the published key set",
    remedy: "publish kubectl get --raw /openid/v1/jwks anew, as after every change of the cluster's signing key",
  },
  "exchange-refused": {
    title: "the registry gives no token for one of Entra ID",
    seen: [
      "count not generate refresh token, unexpected status code 401, expected 200",
      "failed to exchange AAD access token for ACR refresh token",
    ],
    proof: "the roles of the application on the registry; az acr config authentication-as-arm show",
    remedy:
      "apply the identity stack, which gives the role; where it is there, az acr config authentication-as-arm update --status enabled: both controllers show tokens for Azure Resource Manager",
  },
  "token-ended": {
    title: "the token in the pull secret is over",
    seen: ["failed to fetch oauth token: unexpected status: 401 Unauthorized"],
    proof: "exp of the token; status of the ExternalSecret or of the AcrPullBinding",
    remedy:
      "look at why the controller has not renewed it: its pods, the object's status, then the exchange, step by step",
  },
} as const satisfies Record<string, Cause>;

export type CauseId = keyof typeof CAUSES;

/** @returns What to do about a cause. */
export function remedyOf(cause: CauseId): string {
  return CAUSES[cause].remedy;
}
