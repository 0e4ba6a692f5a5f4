import type { Clouds } from "../../../rehearsal/clouds";
import { all, remove, rewrite, set, type Edit } from "./edits";
import { adopted } from "./environments";
import type { Mistake } from "./mistake";

export const ROLE = "resource/azurerm_role_assignment/*";
const APPLICATION = "resource/azuread_application/*";
const PRINCIPAL = "resource/azuread_service_principal/*";
const PASSWORD = "resource/azuread_application_password/*";
const role = /^azurerm_role_assignment\.pull-identity_role_/;
const password = /^azuread_application_password\.pull-identity_slot-\d_/;

/** A cap that the demo keeps to. */
const capOf180Days = ({ entra }: Clouds) => {
  entra.maxPasswordLifetimeDays = 180;
};

const knownLater = ({ entra }: Clouds) => {
  entra.replicationLagMs = 10_000;
};

const clientIdForObjectId: Edit = rewrite(`${ROLE}/principal_id`, (id) => id.replace(".object_id", ".client_id"));

export const identityMistakes: readonly Mistake[] = [
  {
    what: "the role is assigned before the new principal is known everywhere",
    given: knownLater,
    edit: { identity: remove(`${ROLE}/principal_type`) },
    ...{ stack: "identity", step: "apply", address: role },
    reason: /400.*PrincipalNotFound: .*replication delay/s,
  },
  {
    what: "the role is for the client id, and Azure looks it up",
    edit: { identity: all(clientIdForObjectId, remove(`${ROLE}/principal_type`)) },
    ...{ stack: "identity", step: "apply", address: role },
    reason: /400.*PrincipalNotFound/,
  },
  {
    what: "the role has a name that Azure does not know",
    edit: { identity: set(`${ROLE}/role_definition_name`, "AcrPuller") },
    ...{ stack: "identity", step: "apply", address: role },
    reason: /could not find role `AcrPuller`/,
  },
  {
    what: "the role is on a registry that is not there",
    edit: { identity: rewrite(`${ROLE}/scope`, (scope) => `${scope}2`) },
    ...{ stack: "identity", step: "apply", address: role },
    reason: /404.*ResourceNotFound: The Resource '.*\/acrdemo2ss2' was not found/,
  },
  {
    what: "the same role is assigned twice",
    edit: {
      identity: (json) => {
        const stack = JSON.parse(json) as { resource: { azurerm_role_assignment: Record<string, unknown> } };
        const [assignment] = Object.values(stack.resource.azurerm_role_assignment);
        stack.resource.azurerm_role_assignment.again = assignment;
        return JSON.stringify(stack);
      },
    },
    ...{ stack: "identity", step: "apply", address: /^azurerm_role_assignment\./ },
    reason: /409.*RoleAssignmentExists/,
  },
  {
    what: "whoever runs Terraform gives up the application, and may change only what they own",
    given: ({ entra }) => {
      entra.callerMayChangeOwnedOnly = true;
    },
    edit: { identity: remove(`${APPLICATION}/owners`) },
    ...{ stack: "identity", step: "apply", address: password },
    reason: /403.*Authorization_RequestDenied/,
  },
  {
    what: "passwords live longer than the organisation allows",
    event: ({ entra }) => {
      entra.maxPasswordLifetimeDays = 90;
    },
    ...{ stack: "identity", step: "apply", address: password },
    reason: /CredentialInvalidLifetimeAsPerAppPolicy: .*\(90 days\)/,
  },
  {
    what: "the end of a password is relative, which azuread ignores",
    given: capOf180Days,
    edit: { identity: all(remove(`${PASSWORD}/end_date`), set(`${PASSWORD}/end_date_relative`, "2400h")) },
    ...{ stack: "identity", step: "apply", address: password },
    reason: /CredentialInvalidLifetimeAsPerAppPolicy: .*\(180 days\)/,
  },
  {
    what: "the end of a password is past",
    edit: { identity: set(`${PASSWORD}/end_date`, "2026-01-01T00:00:00Z") },
    ...{ stack: "identity", step: "apply", address: password },
    reason: /CredentialInvalidEndDate: .*2026-01-01/,
  },
  {
    what: "the end of a password is no time",
    edit: { identity: set(`${PASSWORD}/end_date`, "in half a year") },
    ...{ stack: "identity", step: "apply", address: password },
    reason: /expected "end_date" to be a valid RFC3339 date, got "in half a year"/,
  },
  {
    what: "a password is for an object id where a resource id is asked for",
    edit: { identity: rewrite(`${PASSWORD}/application_id`, (id) => id.replace(".id}", ".object_id}")) },
    ...{ stack: "identity", step: "apply", address: password },
    reason: /parsing segment "applications": expected an id of the form \/applications\/<object id>/,
  },
  {
    what: "the service principal is for an application that is not there",
    edit: { identity: set(`${PRINCIPAL}/client_id`, "12345678-1234-1234-1234-123456789012") },
    ...{ stack: "identity", step: "apply", address: /^azuread_service_principal\./ },
    reason: /NoBackingApplicationObject/,
  },
  {
    what: "a condition's version is left, and the condition is not",
    environment: adopted,
    edit: { identity: remove(`${ROLE}/condition`) },
    ...{ stack: "identity", step: "plan", address: role },
    reason: /`condition_version` should not be set without `condition`/,
  },
  {
    what: "the registry stack was never applied",
    leavesOut: "registry",
    ...{ stack: "identity", step: "plan", address: /^data\.terraform_remote_state\..*demo-registry$/ },
    reason: /Unable to find remote state/,
  },
];
