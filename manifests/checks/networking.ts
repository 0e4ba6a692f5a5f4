import type { Problem } from "../../config/problem";
import { itemsAt, mappingAt, twins, type Check } from "./check";

/** What Services and Ingresses must be beyond the types of their fields. */
export const networkingCheck: Check = (object) => {
  if (object.kind === "Service") return serviceProblems(object.value);
  return object.kind === "Ingress" ? ingressProblems(object.value) : [];
};

function serviceProblems(value: unknown): Problem[] {
  const { type, clusterIP } = mappingAt(value, ["spec"]);
  const ports = itemsAt(value, ["spec", "ports"]);
  const needsPorts = type !== "ExternalName" && clusterIP !== "None";
  return [
    ...(ports.length === 0 && needsPorts ? [{ path: ["spec", "ports"], rule: "must have a port", lacks: true }] : []),
    ...(ports.length > 1
      ? ports.flatMap(({ item, at }) =>
          typeof item.name === "string" && item.name !== ""
            ? []
            : [{ path: [...at, "name"], rule: "is required beside other ports", lacks: true }],
        )
      : []),
    ...twins(ports, "name", "is the name of another port"),
    ...ports.flatMap(({ item, at }) =>
      (["port", "targetPort"] as const).flatMap((key) => {
        const port = item[key];
        const isWrong = typeof port === "number" && (port < 1 || port > 65535);
        return isWrong ? [{ path: [...at, key], rule: "must be a port from 1 to 65535" }] : [];
      }),
    ),
  ];
}

function ingressProblems(value: unknown): Problem[] {
  return itemsAt(value, ["spec", "rules"]).flatMap((rule) =>
    itemsAt(rule.item, ["http", "paths"]).flatMap(({ item, at }) => {
      const { path, pathType } = item;
      if (pathType === "ImplementationSpecific" && (path === undefined || path === null)) return [];
      if (typeof path === "string" && path.startsWith("/")) return [];
      return [{ path: [...rule.at, ...at, "path"], rule: "must be an absolute path" }];
    }),
  );
}
