import type { Service } from "./api-object";
import type { Server } from "./objects";

const FIRST_NODE_PORT = 30000;

/** Gives a service its addresses and ports. They stay as long as the service does. */
export function withAddresses(
  service: Service,
  before: Service | undefined,
  { ids, context }: Server,
  loadBalancers: boolean,
): Service {
  const { metadata, spec } = service;
  const label = `${context}/${metadata.namespace ?? ""}/${metadata.name}`;
  const clusterIP = spec.clusterIP ?? before?.spec.clusterIP ?? ids.clusterAddress(label);
  const isReachable = spec.type === "LoadBalancer" || spec.type === "NodePort";
  const ports = (spec.ports ?? []).map((port, index) =>
    isReachable ? { nodePort: before?.spec.ports?.[index]?.nodePort ?? FIRST_NODE_PORT + index, ...port } : port,
  );
  const known = before?.status?.loadBalancer.ingress;
  const ingress =
    spec.type === "LoadBalancer" && loadBalancers ? (known ?? [{ ip: ids.publicAddress(label) }]) : undefined;
  return {
    ...service,
    spec: { ...spec, clusterIP, clusterIPs: spec.clusterIPs ?? [clusterIP], ports },
    status: { loadBalancer: { ...(ingress && { ingress }) } },
  };
}
