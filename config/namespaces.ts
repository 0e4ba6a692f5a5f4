/** Namespaces that are in every cluster: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
const BUILT_IN: readonly string[] = ["default", "kube-system", "kube-public", "kube-node-lease"];

export function isBuiltInNamespace(name: string): boolean {
  return BUILT_IN.includes(name);
}
