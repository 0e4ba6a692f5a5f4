import { FORMER_KINDS } from "./former-versions";
import { TYPED_KINDS } from "./kinds";
import { MAKES_PODS } from "./pods";

/** Markdown page on manifests, with a row for each kind. */
export function manifestsPage(): string {
  const rows = TYPED_KINDS.map(({ apiVersion, kind, type }) => {
    const former = FORMER_KINDS.filter((one) => one.kind === kind && one.current === apiVersion).map(
      (one) => one.former,
    );
    const rehearsed = MAKES_PODS.has(kind) ? "its pods pull and start" : "stored";
    return [kind, apiVersion, former.join(", "), `\`${type}\``, rehearsed];
  });
  return [TEXT, ...rows.map((cells) => `| ${cells.join(" | ")} |`), REFUSED].join("\n");
}

const TEXT = `# Manifests

Made by \`npm run generate\`. An entry of \`manifests\` takes YAML or JSON as kubectl, \`kustomize build\` and \`helm template\` write it, and makes of each
object the provider's typed resource, by the schema of that resource. [The example](../examples/manifests.yaml) is a web shop.

- **Images** of the registry (by its host and the repository, or by a name in \`images\`) run by host and digest. One that the file does not have runs by
  its tag, with a warning. All others stay as they are.
- **The pull secret** is named by every pod that has such an image. Secrets for the same registry make room for it; others stay.
- **Order** follows from what objects name. Namespaces that nobody makes are made here.
- **Nothing is dropped**: a field without a place in the resource is an error where it stands. What the API server fills in by itself
  (\`status\`, \`metadata.uid\`, \`creationTimestamp\`, \`managedFields\` and so on) is left out, as \`kubectl apply\` changes nothing by it.
- **Left out is not unset** in a resource: what the provider would send in place of the API server's default is said explicitly
  (users of containers, tokens of accounts, the history of a StatefulSet, the behaviour of an autoscaler, a class's expansion).
- **Waiting**: rollouts are waited for; jobs, claims, load balancers and whatever may never come are not.
- **Others**: replicas that an autoscaler sets and the mark of \`kubectl rollout restart\` are theirs.
- **Custom resources** need \`customResources: true\`, and then a cluster and their definitions at every plan, the first one too: what
  the same manifests define comes too late for it.
- **Secrets** with data lie in the output and in the state of the cluster's workload stack: synth warns of each.

| kind | version | former versions that are taken | resource | rehearsed |
| --- | --- | --- | --- | --- |`;

const REFUSED = `
Every other kind is refused, unless \`customResources\` lets it go through \`kubernetes_manifest\`: custom resources, and kinds of Kubernetes
without a typed resource, such as ReplicaSet, Lease or VolumeAttachment. A CertificateSigningRequest is answered once, and so is none either.

\`npm run compare-objects\` makes the objects of a folder on a cluster by the provider and by kubectl, and says where they differ.
`;
