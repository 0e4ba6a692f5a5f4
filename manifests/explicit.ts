import { isMapping, valueOf, type Mapping } from "../config/mapping";
import { replaced, withContainers, withPodSpec } from "./pods";

/** What other objects say that decides what an object means where it says nothing. */
export interface OthersSay {
  /** Whether pods of a service account get its token; undefined where nobody says. */
  readonly mountsToken: (account: string) => boolean | undefined;
}

/** Seconds, Kubernetes' own. */
export const PROGRESS_DEADLINE = 600;

/** Kubernetes' own: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#default-behavior */
const SCALE_DOWN = {
  stabilizationWindowSeconds: 300,
  selectPolicy: "Max",
  policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
};
const SCALE_UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: "Max",
  policies: [
    { type: "Pods", value: 4, periodSeconds: 15 },
    { type: "Percent", value: 100, periodSeconds: 15 },
  ],
};

/**
 * Says what an object leaves out, wherever the provider would send something else than the API server fills in: left out of a
 * resource is not left out of a manifest.
 */
export function explicit(kind: string, object: Mapping, others: OthersSay): Mapping {
  const own = BY_KIND[kind]?.(object) ?? object;
  return withPodSpec(kind, withoutTemplateName(kind, own), ({ spec }) => podSpec(spec, others));
}

const BY_KIND: Readonly<Record<string, (object: Mapping) => Mapping>> = {
  Deployment: (object) => filled(object, "spec", { progressDeadlineSeconds: PROGRESS_DEADLINE }),
  StatefulSet: (object) => filled(object, "spec", { revisionHistoryLimit: 10 }),
  StorageClass: (object) => ({ allowVolumeExpansion: false, ...given(object) }),
  // Its pods have fewer defaults in the provider than those of others.
  ReplicationController: (object) =>
    withPodSpec("ReplicationController", withOwnSelector(object), ({ spec }) => ({
      ...{ dnsPolicy: "ClusterFirst", restartPolicy: "Always", terminationGracePeriodSeconds: 30 },
      ...given(spec),
    })),
  ClusterRoleBinding: withPlainSubjects,
  RoleBinding: withPlainSubjects,
  EndpointSlice: (object) => ({ ...object, endpoints: mapItems(object.endpoints, withConditions) }),
  CSIDriver: (object) => filled(object, "spec", { attachRequired: true }),
  HorizontalPodAutoscaler: (object) => {
    const behavior = valueOf(object.spec, "behavior");
    if (!isMapping(behavior)) return object;
    const [down, up] = [valueOf(behavior, "scaleDown"), valueOf(behavior, "scaleUp")];
    return replaced(object, ["spec", "behavior"], {
      ...behavior,
      ...(isMapping(down) && { scaleDown: { ...SCALE_DOWN, ...given(down) } }),
      ...(isMapping(up) && { scaleUp: { ...SCALE_UP, ...given(up) } }),
    });
  },
  NetworkPolicy: (object) => {
    const egress = valueOf(object.spec, "egress");
    // https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
    const hasEgress = Array.isArray(egress) && egress.length > 0;
    return filled(object, "spec", { policyTypes: hasEgress ? ["Ingress", "Egress"] : ["Ingress"] });
  },
};

/**
 * The API server selects by the template's labels where nothing is said, and labels the object so. The provider drops from state
 * those labels of the template that the object has not, where it is told to leave labels of others alone.
 */
function withOwnSelector(object: Mapping): Mapping {
  const labels = valueOf(valueOf(valueOf(object.spec, "template"), "metadata"), "labels");
  return labels === undefined ? object : filled(filled(object, "metadata", { labels }), "spec", { selector: labels });
}

/** Users and groups are in no namespace; left out, the provider sends one. */
function withPlainSubjects(object: Mapping): Mapping {
  const subjects = mapItems(object.subjects, (subject) =>
    subject.kind === "ServiceAccount" ? subject : { ...subject, namespace: "" },
  );
  return { ...object, subjects };
}

/** What nobody says of an endpoint is good, and what the provider sends is not. */
function withConditions(endpoint: Mapping): Mapping {
  const { conditions } = endpoint;
  if (!isMapping(conditions)) return endpoint;
  const known = given(conditions);
  const { ready = true } = known;
  return { ...endpoint, conditions: { ready, serving: ready, terminating: false, ...known } };
}

function mapItems(list: unknown, change: (item: Mapping) => Mapping): unknown {
  return Array.isArray(list) ? (list as unknown[]).map((item) => (isMapping(item) ? change(item) : item)) : list;
}

function podSpec(spec: Mapping, { mountsToken }: OthersSay): Mapping {
  const nonRoot = valueOf(spec.securityContext, "runAsNonRoot");
  const { serviceAccount: formerly, ...rest } = spec;
  const account = rest.serviceAccountName ?? formerly;
  const mounts = mountsToken(typeof account === "string" && account !== "" ? account : "default");
  return withContainers(
    {
      ...(mounts !== undefined && { automountServiceAccountToken: mounts }),
      ...given(rest),
      // The API server keeps both, under two names.
      ...(account !== undefined && account !== null && { serviceAccountName: account }),
    },
    (container) => {
      const context = container.securityContext;
      if (nonRoot === undefined || nonRoot === null || !isMapping(context)) return container;
      return { ...container, securityContext: { runAsNonRoot: nonRoot, ...given(context) } };
    },
  );
}

/** A template's name is not looked at by the API server, and refused by the provider beside that of the object. */
function withoutTemplateName(kind: string, object: Mapping): Mapping {
  const at = kind === "CronJob" ? ["spec", "jobTemplate", "spec", "template"] : ["spec", "template"];
  const template = at.reduce<unknown>(valueOf, object);
  const metadata = valueOf(template, "metadata");
  if (kind === "Pod" || !isMapping(metadata)) return object;
  const rest = Object.entries(metadata).filter(([field]) => field !== "name" && field !== "namespace");
  return replaced(object, [...at, "metadata"], Object.fromEntries(rest));
}

function filled(object: Mapping, key: string, defaults: Mapping): Mapping {
  const inner = object[key];
  return { ...object, [key]: { ...defaults, ...(isMapping(inner) ? given(inner) : {}) } };
}

/** Without what is null, which says nothing in a manifest. */
function given(object: Mapping): Mapping {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}
