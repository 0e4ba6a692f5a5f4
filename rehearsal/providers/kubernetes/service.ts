import type { Service } from "../../clouds/kubernetes/api-object";
import { CloudError, type Attributes, type ResourceModel } from "../../sdk/model";
import { flag, text } from "../values";
import { ApiType } from "./api-object";
import type { Connection } from "./connection";
import { named } from "./named";

export function service(connection: Connection): ResourceModel {
  const type = new ApiType<Service>(connection.ignored, "kubernetes_service_v1");
  const attributesOf = (...of: Parameters<typeof type.attributesOf>): Attributes => {
    const [object] = of;
    const ingress = object.status?.loadBalancer.ingress ?? [];
    const status = [{ load_balancer: [{ ingress: ingress.map(({ ip }) => ({ ip, hostname: "" })) }] }];
    return { ...type.attributesOf(...of), status };
  };
  return {
    read: (state): Attributes | undefined => {
      const { namespace, name } = type.placeOf(text(state, "id"));
      const found = connection.cluster.services.get(namespace, name);
      return found && attributesOf(found, state, "spec");
    },
    importState: (id) => ({ id, metadata: [type.placeOf(id)] }),
    create: (planned) => {
      const object = connection.cluster.services.create(type.objectOf(planned, "spec"));
      const created = attributesOf(object, planned, "spec");
      const isWaitedFor = object.spec.type === "LoadBalancer" && flag(planned, "wait_for_load_balancer");
      if (!isWaitedFor || object.status?.loadBalancer.ingress) return created;
      const place = text(created, "id");
      throw new CloudError(`Waiting for service "${place}" to assign IP/hostname for a load balancer`, created);
    },
    update: (prior, planned) => {
      const { services } = connection.cluster;
      const { namespace, name } = type.placeOf(text(prior, "id"));
      const sent = type.withForeign(type.objectOf(planned, "spec"), prior, services.get(namespace, name));
      const changed = named("update service", () => services.replace(sent));
      // Waiting for a load balancer is for create only: the state learns of a new address at the next refresh.
      return { ...attributesOf(changed, planned, "spec"), status: prior.status ?? null };
    },
    delete: (state) => {
      const { namespace, name } = type.placeOf(text(state, "id"));
      connection.cluster.services.delete(namespace, name);
    },
  };
}
