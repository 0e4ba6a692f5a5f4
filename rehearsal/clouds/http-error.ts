import { CloudError } from "../sdk/model";

const STATUS = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
} as const;

/** @returns An error of Azure's HTTP interfaces, in the words in which the providers pass it on. */
export function httpError(status: keyof typeof STATUS, code: string, message: string): CloudError {
  return new CloudError(`unexpected status ${status} (${status} ${STATUS[status]}) with error: ${code}: ${message}`);
}
