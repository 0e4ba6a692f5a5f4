/** Namespaces that are in every cluster: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
export function isBuiltInNamespace(name: string): boolean {
  return name === "default" || name.startsWith("kube-");
}
