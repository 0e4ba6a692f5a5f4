import type { NewObject } from "../../clouds/kubernetes/api-object";
import { KINDS } from "../../clouds/kubernetes/kinds";
import { DEFAULT_ACCOUNT } from "../../clouds/kubernetes/service-accounts";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { block, text } from "../values";
import type { Connection } from "./connection";
import { storedObject } from "./stored-object";

const TYPE = "kubernetes_default_service_account_v1";

/** The account of a namespace that is there: creating it changes it, and Kubernetes makes it anew when it is deleted. */
export function defaultServiceAccount(connection: Connection): ResourceModel {
  const accounts = () => connection.cluster.api.of<NewObject>(KINDS.serviceAccount);
  const stored = storedObject(connection, TYPE, KINDS.serviceAccount, {
    remove: (namespace, name) => {
      accounts().delete(namespace, name);
      accounts().create({ metadata: { namespace, name } });
    },
  });
  const withName = (planned: Attributes): Attributes => ({
    ...planned,
    metadata: [{ ...block(planned, "metadata"), name: DEFAULT_ACCOUNT }],
  });
  return {
    ...stored,
    create: (planned) => {
      const named = withName(planned);
      const id = `${text(block(named, "metadata"), "namespace")}/${DEFAULT_ACCOUNT}`;
      return stored.update?.({ ...named, id }, named, named) ?? {};
    },
  };
}
