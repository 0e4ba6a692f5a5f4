import type { Problem } from "../../config/problem";
import type { Check, CheckedObject } from "./check";
import { metadataCheck } from "./metadata";
import { networkingCheck } from "./networking";
import { autoscalerCheck, configMapCheck, dataKeyCheck, scheduleCheck, subjectCheck, unsendableCheck } from "./others";
import { podCheck } from "./pods";
import { selectorCheck } from "./selectors";

/** What is checked of each object, beyond the types of its fields. */
const CHECKS: readonly Check[] = [
  ...[metadataCheck, selectorCheck, podCheck, networkingCheck, scheduleCheck, autoscalerCheck, subjectCheck],
  ...[configMapCheck, dataKeyCheck, unsendableCheck],
];

/** @returns What is wrong with an object whose types are right. */
export function checkProblems(object: CheckedObject): Problem[] {
  return CHECKS.flatMap((check) => check(object));
}
