import type { Service } from "../../clouds/kubernetes-objects";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { block, blocks, count, optionalText } from "../values";
import type { Connection } from "./connection";
import { createdMetadata, idOf, importedMetadata, metadataOf } from "./metadata";

export function service(connection: Connection): ResourceModel {
  return {
    read: (state) => {
      const { namespace, name } = metadataOf(state);
      const found = connection.cluster.services.get(namespace, name);
      return found && { status: statusOf(found) };
    },
    importState: importedMetadata,
    create: (planned) => {
      const { cluster } = connection;
      cluster.assertNamespace(metadataOf(planned).namespace);
      const object = cluster.services.create(serviceOf(connection, planned));
      return {
        id: idOf(object),
        ...createdMetadata(planned, connection),
        spec: [specOf(block(planned, "spec"), object)],
        status: statusOf(object),
      };
    },
    update: (_prior, planned) => {
      // Waiting for a load balancer is for create only: the state learns of a new address at the next refresh.
      connection.cluster.services.replace(serviceOf(connection, planned));
      return {};
    },
    delete: (state) => {
      const { namespace, name } = metadataOf(state);
      connection.cluster.services.delete(namespace, name);
    },
  };
}

function serviceOf({ cluster }: Connection, planned: Attributes): Service {
  const type = optionalText(block(planned, "spec"), "type") ?? "ClusterIP";
  return cluster.withAddresses({ ...metadataOf(planned), type });
}

function specOf(planned: Attributes, object: Service): Attributes {
  const isReachable = object.type !== "ClusterIP";
  const ports = blocks(planned, "port").map((port, index) => ({
    node_port: count(port, "node_port", isReachable ? 30000 + index : 0),
    target_port: optionalText(port, "target_port") ?? String(count(port, "port", 0)),
  }));
  return {
    cluster_ip: optionalText(planned, "cluster_ip") ?? object.clusterIp,
    cluster_ips: [optionalText(planned, "cluster_ip") ?? object.clusterIp],
    external_traffic_policy: optionalText(planned, "external_traffic_policy") ?? (isReachable ? "Cluster" : ""),
    internal_traffic_policy: optionalText(planned, "internal_traffic_policy") ?? "Cluster",
    ip_families: ["IPv4"],
    ip_family_policy: optionalText(planned, "ip_family_policy") ?? "SingleStack",
    health_check_node_port: 0,
    port: ports,
  };
}

function statusOf({ ingressIp }: Service): Attributes[] {
  const ingress = ingressIp === undefined ? [] : [{ ip: ingressIp, hostname: "" }];
  return [{ load_balancer: [{ ingress }] }];
}
