import { z } from "zod";
import { environmentSchema } from "./schema/environment";

/** JSON Schema of environment files, for editors. It says what the shape is; the rules between fields are ours alone. */
export function environmentJsonSchema(): string {
  const schema = z.toJSONSchema(environmentSchema, { io: "input" });
  return `${JSON.stringify({ title: "acr-pull environment", ...schema }, null, 2)}\n`;
}
