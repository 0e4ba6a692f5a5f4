import type { Container, NewObject, Secret, Stored } from "./api-object";
import type { ContainerFault } from "./pod-status";

export interface ConfigMap extends NewObject {
  readonly data?: Readonly<Record<string, string>> | undefined;
  readonly binaryData?: Readonly<Record<string, string>> | undefined;
}

/** What a kubelet finds in the namespace of a pod. */
export interface Sources {
  readonly secret: (name: string) => Stored<Secret> | undefined;
  readonly configMap: (name: string) => Stored<ConfigMap> | undefined;
}

/** @returns Why a container cannot be made whose variables lie in secrets and config maps, in a kubelet's words. */
export function variableFault(
  { env = [], envFrom = [] }: Container,
  namespace: string,
  sources: Sources,
): ContainerFault | undefined {
  const wholes = envFrom.flatMap(({ secretRef, configMapRef }) => [
    ...(secretRef ? [missing("secret", secretRef, sources.secret(secretRef.name))] : []),
    ...(configMapRef ? [missing("configmap", configMapRef, sources.configMap(configMapRef.name))] : []),
  ]);
  const values = env.flatMap(({ valueFrom: { secretKeyRef, configMapKeyRef } = {} }) => {
    if (secretKeyRef) {
      const found = sources.secret(secretKeyRef.name);
      const words = `couldn't find key ${secretKeyRef.key} in Secret ${namespace}/${secretKeyRef.name}`;
      return [missing("secret", secretKeyRef, found) ?? without(secretKeyRef, found?.data, words)];
    }
    if (configMapKeyRef) {
      const found = sources.configMap(configMapKeyRef.name);
      const words = `couldn't find key ${configMapKeyRef.key} in ConfigMap ${namespace}/${configMapKeyRef.name}`;
      const data = found && { ...found.data, ...found.binaryData };
      return [missing("configmap", configMapKeyRef, found) ?? without(configMapKeyRef, data, words)];
    }
    return [];
  });
  const message = [...wholes, ...values].find((words) => words !== undefined);
  return message === undefined ? undefined : { state: "waiting", reason: "CreateContainerConfigError", message };
}

interface Reference {
  readonly name: string;
  readonly optional?: boolean;
}

function missing(kind: string, { name, optional = false }: Reference, found: object | undefined): string | undefined {
  return found || optional ? undefined : `${kind} "${name}" not found`;
}

function without(
  { key, optional = false }: Reference & { readonly key: string },
  data: Readonly<Record<string, string>> | undefined,
  words: string,
): string | undefined {
  return optional || (data !== undefined && Object.hasOwn(data, key)) ? undefined : words;
}
