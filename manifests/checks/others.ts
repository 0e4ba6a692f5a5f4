import { isMapping } from "../../config/mapping";
import { DATA_KEY } from "../../config/rules/formats";
import { itemsAt, mappingAt, type Check } from "./check";

/** A minute, an hour, a day, a month and a day of the week; or a word for them. */
const SCHEDULE =
  /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)|[\d*/,A-Za-z?L#-]+( +[\d*/,A-Za-z?L#-]+){4})$/;

export const scheduleCheck: Check = ({ kind, value }) => {
  const { schedule } = mappingAt(value, ["spec"]);
  if (kind !== "CronJob" || typeof schedule !== "string" || SCHEDULE.test(schedule.trim())) return [];
  return [{ path: ["spec", "schedule"], rule: "must be a schedule of cron: five fields, such as 0 3 * * *" }];
};

export const autoscalerCheck: Check = ({ kind, value }) => {
  const { minReplicas = 1, maxReplicas } = mappingAt(value, ["spec"]);
  if (kind !== "HorizontalPodAutoscaler" || typeof minReplicas !== "number" || typeof maxReplicas !== "number")
    return [];
  return maxReplicas >= minReplicas
    ? []
    : [{ path: ["spec", "maxReplicas"], rule: `must be no less than minReplicas, ${minReplicas}` }];
};

export const subjectCheck: Check = ({ kind, value }) => {
  if (!kind.endsWith("RoleBinding")) return [];
  return itemsAt(value, ["subjects"]).flatMap(({ item, at }) =>
    item.kind === "ServiceAccount" && typeof item.namespace !== "string"
      ? [{ path: [...at, "namespace"], rule: "is required of a service account", lacks: true }]
      : [],
  );
};

/** One key, two values. */
export const configMapCheck: Check = ({ kind, value }) => {
  if (kind !== "ConfigMap") return [];
  const data = mappingAt(value, ["data"]);
  return Object.keys(mappingAt(value, ["binaryData"])).flatMap((key) =>
    Object.hasOwn(data, key)
      ? [{ path: ["binaryData", key], rule: "must not stand in data as well", atKey: true }]
      : [],
  );
};

/** https://kubernetes.io/docs/concepts/configuration/secret/: keys of files and variables. */
export const dataKeyCheck: Check = ({ kind, value }) => {
  if (kind !== "ConfigMap" && kind !== "Secret") return [];
  return ["data", "stringData", "binaryData"].flatMap((part) =>
    Object.keys(mappingAt(value, [part])).flatMap((key) =>
      DATA_KEY.pattern.test(key)
        ? []
        : [{ path: [part, key], rule: "must be a key: letters, digits, '-', '_' or '.'", atKey: true }],
    ),
  );
};

/** What the provider cannot send, and the API server takes for something else when it is left out. */
export const unsendableCheck: Check = ({ kind, value }) => {
  const claims = [
    ...(kind === "PersistentVolumeClaim" ? [{ item: value, at: [] }] : []),
    ...itemsAt(value, ["spec", "volumeClaimTemplates"]),
  ].flatMap(({ item, at }) =>
    mappingAt(item, ["spec"]).storageClassName === ""
      ? [
          {
            path: [...at, "spec", "storageClassName"],
            rule: "must name a class: the provider cannot send an empty text, and the default class would be taken",
          },
        ]
      : [],
  );
  const jobs = [
    ...(kind === "Job" ? [["spec"]] : []),
    ...(kind === "CronJob" ? [["spec", "jobTemplate", "spec"]] : []),
  ];
  return [
    ...claims,
    ...jobs.flatMap((path) => {
      const { parallelism, completions } = mappingAt(value, path);
      const isQueue =
        typeof parallelism === "number" && parallelism > 1 && !isMapping(completions) && completions === undefined;
      return isQueue
        ? [
            {
              path: [...path, "completions"],
              rule: "is required beside parallelism: the provider would send 1",
              lacks: true,
            },
          ]
        : [];
    }),
  ];
};
