import { resourceFacts } from "../../../bindings";
import type { Deployment } from "../../clouds/kubernetes/api-object";
import { CloudError, type Attributes, type ResourceModel } from "../../sdk/model";
import { flag, seconds, text, textMap } from "../values";
import { ApiType } from "./api-object";
import type { Connection } from "./connection";
import { named } from "./named";

const TYPE = "kubernetes_deployment_v1";

/** A Deployment exists even where its rollout fails: Terraform then records it as tainted. */
export function deployment(connection: Connection): ResourceModel {
  const type = new ApiType<Deployment>(connection.ignored, TYPE);
  const assertRolledOut = (planned: Attributes, occasion: "create" | "update", created?: Attributes): void => {
    if (!flag(planned, "wait_for_rollout")) return;
    const { namespace = "", name } = type.objectOf(planned).metadata;
    const timeouts = { ...resourceFacts(TYPE)?.timeouts, ...textMap(planned, "timeouts") };
    const timeout = seconds(timeouts[occasion] ?? "");
    const fault = connection.cluster.waitForRollout(namespace, name, timeout);
    if (fault === undefined) return;
    throw new CloudError(fault, created, connection.cluster.causes(namespace, name));
  };
  return {
    read: (state): Attributes | undefined => {
      const { namespace, name } = type.placeOf(text(state, "id"));
      const found = connection.cluster.deployments.get(namespace, name);
      return found && type.attributesOf(found, state, "spec");
    },
    importState: (id) => ({ id, metadata: [type.placeOf(id)] }),
    create: (planned) => {
      const { cluster } = connection;
      const sent = type.objectOf(planned, "spec");
      const object = named("create deployment", () => cluster.createDeployment(sent));
      const created = type.attributesOf(object, planned, "spec");
      assertRolledOut(planned, "create", created);
      return created;
    },
    update: (prior, planned) => {
      const { cluster } = connection;
      const { namespace, name } = type.placeOf(text(prior, "id"));
      const sent = type.withForeign(type.objectOf(planned, "spec"), prior, cluster.deployments.get(namespace, name));
      const object = named("update deployment", () => cluster.replaceDeployment(sent));
      assertRolledOut(planned, "update", type.attributesOf(object, planned, "spec"));
      return type.attributesOf(object, planned, "spec");
    },
    delete: (state) => {
      const { namespace, name } = type.placeOf(text(state, "id"));
      connection.cluster.deleteDeployment(namespace, name);
    },
  };
}
