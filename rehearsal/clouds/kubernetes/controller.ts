import type { NewObject, Stored } from "./api-object";
import type { ApiServer } from "./api-server";
import type { CustomResourceDefinition } from "./custom-kinds";

/** A controller that somebody has installed in a cluster: it follows objects of kinds that it brings. */
export interface Controller {
  readonly name: string;
  /** The kinds that it brings. */
  readonly definitions: readonly CustomResourceDefinition[];
  /** Whether it does nothing. @default false */
  isDown: boolean;
  /** Does what there is to do. */
  act(api: ApiServer, time: Date): void;
  /** @returns Why an object is not ready; none where it is, or is another controller's. */
  causesOf(object: Stored<NewObject>): string[];
}
