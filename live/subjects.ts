/** What results are about: the same words in every command. */
export function clusterSubject(key: string): string {
  return `cluster ${key}`;
}

export function namespaceSubject(cluster: string, namespace: string): string {
  return `${clusterSubject(cluster)}, namespace ${namespace}`;
}
