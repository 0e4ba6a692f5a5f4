import type { Deployment } from "../../clouds/kubernetes-objects";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { CloudError } from "../../sdk/model";
import { block, count, flag, textMap } from "../values";
import type { Connection } from "./connection";
import { createdMetadata, idOf, importedMetadata, metadataOf } from "./metadata";
import { podTemplateOf } from "./pod-template";

/** A Deployment exists even where its rollout fails: Terraform then records it as tainted. */
export function deployment(connection: Connection): ResourceModel {
  return {
    read: (state) => {
      const { namespace, name } = metadataOf(state);
      const found = connection.cluster.deployments.get(namespace, name);
      return found && { spec: [{ replicas: String(found.replicas) }] };
    },
    importState: importedMetadata,
    create: (planned) => {
      const object = deploymentOf(planned);
      connection.cluster.createDeployment(object);
      const spec = [{ replicas: String(object.replicas) }];
      const created = { id: idOf(object), ...createdMetadata(planned, connection), spec };
      assertRolledOut(connection, object, planned, created);
      return created;
    },
    update: (_prior, planned) => {
      const object = deploymentOf(planned);
      connection.cluster.replaceDeployment(object);
      assertRolledOut(connection, object, planned, {});
      return {};
    },
    delete: (state) => {
      const { namespace, name } = metadataOf(state);
      connection.cluster.deleteDeployment(namespace, name);
    },
  };
}

function assertRolledOut(
  { cluster }: Connection,
  object: Deployment,
  planned: Attributes,
  partialState: Attributes,
): void {
  const fault = flag(planned, "wait_for_rollout", true) ? cluster.rolloutFault(object) : undefined;
  if (fault !== undefined) throw new CloudError(fault, partialState);
}

function deploymentOf(planned: Attributes): Deployment {
  const spec = block(planned, "spec");
  return {
    ...metadataOf(planned),
    replicas: count(spec, "replicas", 1),
    selector: textMap(block(spec, "selector"), "match_labels"),
    template: podTemplateOf(block(spec, "template")),
  };
}
