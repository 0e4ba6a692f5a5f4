import type { Entra } from "../../clouds/entra";
import type { ResourceModel } from "../../sdk/model";
import { optionalDate, optionalText, rfc3339, text } from "../values";
import { objectIdOf } from "./ids";

/** A password of an application. `end_date_relative` is ignored, as the pinned azuread does. */
export function applicationPassword(entra: Entra): ResourceModel {
  return {
    read: (state) => {
      const objectId = objectIdOf(text(state, "application_id"), "applications");
      const passwords = entra.applications.get(objectId)?.passwords ?? [];
      return passwords.some(({ keyId }) => keyId === state.key_id) ? {} : undefined;
    },
    create: (planned) => {
      const objectId = objectIdOf(text(planned, "application_id"), "applications");
      const displayName = optionalText(planned, "display_name") ?? "";
      const [start, end] = [optionalDate(planned, "start_date"), optionalDate(planned, "end_date")];
      const created = entra.addPassword(objectId, displayName, start, end);
      return {
        id: `${objectId}/password/${created.keyId}`,
        key_id: created.keyId,
        value: created.secret,
        display_name: displayName,
        start_date: optionalText(planned, "start_date") ?? rfc3339(created.start),
        end_date: optionalText(planned, "end_date") ?? rfc3339(created.end),
      };
    },
    delete: (state) => {
      entra.removePassword(objectIdOf(text(state, "application_id"), "applications"), text(state, "key_id"));
    },
  };
}
