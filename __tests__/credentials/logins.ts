import type { PullingCluster } from "./pulling-cluster";

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What the pull secret in the cluster holds. */
export function heldBy({ rehearsal }: PullingCluster): Login {
  const [secret] = rehearsal.clouds.clusters.flatMap(({ secrets }) => secrets.values());
  const text = secret?.data?.[".dockerconfigjson"] ?? "{}";
  const { auths } = JSON.parse(text) as { auths: Record<string, Login> };
  const [login] = Object.values(auths);
  if (!login) throw new Error("the pull secret is empty");
  return login;
}

/** What the registry says to somebody who pulls with these, or undefined where it lets them. */
export function refusal({ rehearsal }: PullingCluster, credentials: Login): string | undefined {
  const [registry] = rehearsal.clouds.arm.registries.values();
  const reference = `sha256:${"1".repeat(64)}`;
  const request = { loginServer: registry?.loginServer ?? "", repository: "shop/web", reference, credentials };
  const answer = rehearsal.clouds.registries.pull(request);
  return answer.ok ? undefined : answer.reason;
}
