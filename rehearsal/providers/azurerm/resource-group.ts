import { groupId } from "../../clouds/arm-ids";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { alreadyExists, importBy, text, textMap } from "../values";
import type { AzurermContext } from "./context";

export function resourceGroup(context: AzurermContext): ResourceModel {
  const { arm } = context;
  const read = (state: Attributes): Attributes | undefined => {
    const group = arm.groups.get(text(state, "id"));
    return group && { name: group.name, location: group.location, tags: group.tags };
  };
  return {
    read,
    importState: importBy(read),
    create: (planned) => {
      const name = text(planned, "name");
      const id = groupId(context.subscriptionId, name);
      if (arm.groups.get(id)) throw alreadyExists("azurerm_resource_group", id);
      arm.createGroup(context.subscriptionId, name, text(planned, "location"), textMap(planned, "tags"));
      return { id };
    },
    update: (prior, planned) => {
      const group = arm.groups.get(text(prior, "id"));
      if (group) group.tags = textMap(planned, "tags");
      return {};
    },
    delete: (state) => {
      arm.deleteGroup(text(state, "id"), context.deletesGroupsWithContent);
    },
  };
}
