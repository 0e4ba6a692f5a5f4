/** The one door of the rehearsal: all that others import. README.md says what lies behind it. */

export type { Clouds } from "./clouds";
export { renderTemplate } from "./clouds/controllers/go-template";
export { covers } from "./clouds/arm-ids";
export type { Cluster } from "./clouds/kubernetes/cluster";
export type { BuildRequest, RealEngine } from "./clouds/docker-engine";
export { parseImage } from "../diagnosis/image-name";
export type { Credentials } from "./clouds/registry";
export type { Registry } from "./clouds/registry-object";
export { compareStates, type StateDifference, type StateResource } from "./compare-states";
export { describeFault, parseFault, type FaultRequest } from "./faults";
export { createOthers } from "./others";
export { reattachEnvironment, type ProviderServer } from "./plugin";
export { Rehearsal, type RehearsalOptions } from "./rehearsal";
export { inOrderOfProvisions } from "./provisions";
export { rehearse, Run } from "./rehearse";
export { RehearsedStack, type PlannedChange, type RealProviders, type Step } from "./rehearsed-stack";
export type { PullStory, RunRecord, StepRecord } from "./record";
export { formatReport, type Report } from "./report";
export { cloudsOfRun } from "./world";
export { serveProviders } from "./servers";
