import type { CauseId } from "./causes";

/**
 * What kubelets and container runtimes say, from the most telling to the least: of several errors of one pull the first that matches
 * counts, since what follows a specific one is often an anonymous attempt of the node itself. The first rows are what the rehearsal adds,
 * which sees what no kubelet tells. Measured on kubelet 1.36 with
 * containerd 1.6; CRI-O's words from https://github.com/cri-o/cri-o/blob/main/server/image_pull.go.
 */
const WORDS: readonly (readonly [RegExp, CauseId])[] = [
  [/secret ".*" not found in namespace/, "secret-missing"],
  [/a kubelet reads kubernetes\.io\/dockerconfigjson only/, "secret-of-wrong-type"],
  [/encoded twice/, "secret-encoded-twice"],
  [/malformed (\.dockerconfigjson|auth for)/, "secret-unreadable"],
  [/holds credentials for .*, the image's host is/, "secret-for-another-host"],
  [/InvalidImageName|couldn't parse image name|invalid reference format/, "image-name-invalid"],
  [/no match for platform in manifest|no image found in (image index|manifest list)/, "platform-missing"],
  [/exec format error/, "platform-other"],
  [/has non-numeric user/, "image-user-named"],
  [/image will run as root|breaks non-root policy/, "image-runs-as-root"],
  [/ErrImageNeverPull|pull policy of Never/, "image-never-pulled"],
  [/CreateContainerConfigError|couldn't find key|(secret|configmap) ".*" not found/, "configuration-missing"],
  [/pull QPS exceeded/, "node-throttles"],
  [/IMAGE_QUARANTINED|The image is quarantined/, "image-quarantined"],
  [/too many requests to source registry for cache rule/, "source-throttles"],
  [/required with source registry for cache rule/, "source-login-refused"],
  [/from source '.*' for cache rule '.*' returned status code/, "source-unreachable"],
  [/toomanyrequests|429 Too Many Requests/i, "registry-throttles"],
  [/REGISTRY_DISALLOWED_OPERATION/, "image-locked"],
  [/client with IP .* is not allowed|403 Forbidden/i, "firewall-refuses"],
  [/x509: .*(unknown authority|not trusted)/, "certificate-untrusted"],
  [/x509: .*(expired|not yet valid)/, "certificate-ended"],
  [/x509: certificate is (valid for|not valid for any)/, "certificate-of-another"],
  [
    /(blob\.core\.windows\.net|\.data\.azurecr\.\w+).*(i\/o timeout|no such host|refused|403|reset)/s,
    "layers-unreachable",
  ],
  [/no such host|server misbehaving/, "host-unknown"],
  [/i\/o timeout|connection refused|no route to host|network is unreachable|deadline exceeded/, "host-unreachable"],
  [/code = NotFound|manifest unknown|name unknown|: not found/i, "image-missing"],
  [/CRD may not be installed/, "kind-missing"],
  [/AADSTS700211/, "issuer-differs"],
  [/AADSTS700213\d?:/, "subject-differs"],
  [/AADSTS700212/, "audience-differs"],
  [/AADSTS70021:/, "trust-missing"],
  [/AADSTS(50166|501661|90061)/, "issuer-unreachable"],
  [/AADSTS7000272/, "issuer-keys-old"],
  [/generate refresh token, unexpected status|AAD access token for ACR refresh token/, "exchange-refused"],
  [/the token ended at/, "token-ended"],
  [/AADSTS7000222|of token ".*" ended at/, "password-ended"],
  [/AADSTS7000215|password of token ".*" is wrong|Invalid client ?id or client secret/i, "password-wrong"],
  [/token ".*" is disabled/, "token-disabled"],
  [/AADSTS(700016|7000229)|Application not registered/, "application-unknown"],
  [/AADSTS(7000112|53003|530032)/, "application-disabled"],
  [/client id must be guid/i, "username-malformed"],
  [/registry is in ABAC mode/, "role-ignored"],
  [/denied: requested access|aka\.ms\/acr\/authorization|retrieving permissions failed/, "role-missing"],
  [/Unable to retrieve some image pull secrets/, "secret-missing"],
  [/oauth token: .*401|invalid username\/password/, "credential-refused"],
  [/anonymous token: .*401|no basic auth credentials/, "credential-missing"],
  [/5\d\d (Internal Server Error|Bad Gateway|Service Unavailable|Gateway Timeout)/, "registry-fails"],
  [
    /StartError|RunContainerError|CreateContainerError|no command specified|unable to start container process/,
    "program-missing",
  ],
  [/CrashLoopBackOff/, "program-ends"],
  [/violates PodSecurity|exceeded quota|is forbidden: (maximum|minimum)/, "admission-refuses"],
  [/nodes are available/, "pod-unschedulable"],
  [/namespaces? ".*" not found/, "namespace-missing"],
  [/timed out waiting on (conditions|field matchers)/, "controller-silent"],
];

/** @returns What a message of a pod, an event or a registry means; undefined where it is none that is known. */
export function causeOf(message: string): CauseId | undefined {
  return mostTelling([message])?.cause;
}

/** @returns The message among those of one failure that says most: the one whose cause is the most specific. */
export function mostTelling(
  messages: readonly string[],
): { readonly message: string; readonly cause: CauseId } | undefined {
  for (const [words, cause] of WORDS) {
    const message = messages.find((candidate) => words.test(candidate));
    if (message !== undefined) return { message, cause };
  }
  return undefined;
}
