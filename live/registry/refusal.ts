import { causeOf, type CauseId } from "../../diagnosis";
import { jsonOf, type Answer } from "../http";

/** @param text What the registry says with it. */
export function causeOfRefusal(status: number, text: string): CauseId {
  if (status === 429) return "registry-throttles";
  if (status >= 500) return "registry-fails";
  const said = causeOf(text);
  if (said === "role-missing" && status === 401) return "credential-refused";
  if (said !== undefined) return said;
  return status === 403 ? "firewall-refuses" : "credential-refused";
}

/** The first error of a registry's answer, `{"errors":[{"code","message"}]}`, or the beginning of another text. */
export function reasonIn(body: string): string {
  const json = jsonOf(body) as
    { errors?: { code?: string; message?: string }[]; error_description?: string } | undefined;
  const [error] = json?.errors ?? [];
  if (error) return `${error.code ?? ""}: ${error.message ?? ""}`;
  return (json?.error_description ?? body).split("\n")[0]?.slice(0, 200) ?? "";
}

export function retryAfter(headers: Answer["headers"]): string {
  const seconds = headers["retry-after"];
  return seconds === undefined ? "" : `, again after ${seconds} s`;
}
