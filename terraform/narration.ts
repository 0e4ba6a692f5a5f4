/** One line of Terraform's machine-readable output. https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface Message {
  readonly "@level"?: string;
  readonly "@message"?: string;
  readonly type?: string;
  readonly diagnostic?: {
    readonly severity: string;
    readonly summary: string;
    readonly detail?: string;
    readonly address?: string;
  };
}

/** How such a line begins; the JSON of other commands, `show -json` for one, does not. */
const MESSAGE_START = '{"@';

/** What a run of Terraform with `-json` says. */
export interface Narration {
  /** For people, line by line, as without `-json`. */
  readonly text: string;
  readonly warnings: readonly string[];
  readonly errors: readonly { readonly address?: string; readonly message: string }[];
}

export function narrate(output: string): Narration {
  const messages = output
    .split("\n")
    .filter((line) => line.startsWith(MESSAGE_START))
    .map((line) => JSON.parse(line) as Message);
  const diagnostics = messages.flatMap(({ diagnostic }) => diagnostic ?? []);
  const messageOf = ({ summary, detail }: { summary: string; detail?: string }) =>
    [summary, detail].filter(Boolean).join("\n");
  const plain = output.split("\n").filter((line) => line !== "" && !line.startsWith(MESSAGE_START));
  return {
    text: [
      ...plain,
      ...messages.map((message) =>
        message.diagnostic
          ? `${message["@message"] ?? ""}${message.diagnostic.address ? `, with ${message.diagnostic.address}` : ""}\n${message.diagnostic.detail ?? ""}`
          : (message["@message"] ?? ""),
      ),
    ].join("\n"),
    warnings: diagnostics.filter(({ severity }) => severity === "warning").map(messageOf),
    errors: diagnostics
      .filter(({ severity }) => severity === "error")
      .map((diagnostic) => ({
        ...(diagnostic.address && { address: diagnostic.address }),
        message: messageOf(diagnostic),
      })),
  };
}
