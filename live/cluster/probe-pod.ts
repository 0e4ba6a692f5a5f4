/** A pod that keeps to every admission rule there is by default, and that only pulls. */
export function probePod({
  name,
  image,
  secret,
}: {
  readonly name: string;
  readonly image: string;
  readonly secret?: string;
}): object {
  const resources = { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "16Mi", cpu: "100m" } };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { "app.kubernetes.io/managed-by": "acr-pull" } },
    spec: {
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      activeDeadlineSeconds: 120,
      ...(secret !== undefined && { imagePullSecrets: [{ name: secret }] }),
      securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "probe",
          image,
          // A cached image proves nothing.
          imagePullPolicy: "Always",
          // No image has it: whoever comes so far as to start it has pulled.
          command: ["/acr-pull-probe"],
          resources,
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
  };
}
