export { CAUSES, remedyOf, type Cause, type CauseId } from "./causes";
export { causeOf, mostTelling } from "./messages";
