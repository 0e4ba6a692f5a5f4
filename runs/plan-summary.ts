/** The part of `terraform show -json <plan>` that is read. No value of any argument is: they may be secrets. */
interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly replace_paths?: readonly (readonly (string | number)[])[];
      readonly importing?: object;
    };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
  readonly checks?: readonly {
    readonly status: string;
    readonly instances?: readonly { readonly problems?: readonly { readonly message: string }[] }[];
  }[];
}

export type Action = "create" | "update" | "replace" | "destroy" | "import" | "forget";

/** What a plan does, without any value of it. */
export interface PlanSummary {
  readonly changes: readonly {
    readonly action: Action;
    readonly address: string;
    /** Arguments that force a replacement. */
    readonly because?: readonly string[];
  }[];
  /** Names of outputs that change. */
  readonly outputs: readonly string[];
  /** What `check` blocks say. */
  readonly warnings: readonly string[];
}

/** @param json Of `terraform show -json <plan>`. @throws {SyntaxError} */
export function summarizePlan(json: string): PlanSummary {
  const { resource_changes: resources = [], output_changes: outputs = {}, checks = [] } = JSON.parse(json) as PlanJson;
  return {
    changes: resources.flatMap(({ address, change }) => {
      const action = actionOf(change.actions, change.importing !== undefined);
      if (!action) return [];
      const because = change.replace_paths?.map((path) => path.join("."));
      return [{ action, address, ...(action === "replace" && because && { because }) }];
    }),
    outputs: Object.entries(outputs).flatMap(([name, { actions }]) =>
      actions.every((one) => one === "no-op") ? [] : [name],
    ),
    warnings: checks
      .filter(({ status }) => status === "fail")
      .flatMap(({ instances = [] }) =>
        instances.flatMap(({ problems = [] }) => problems.map(({ message }) => message)),
      ),
  };
}

function actionOf(actions: readonly string[], imports: boolean): Action | undefined {
  const has = (action: string) => actions.includes(action);
  if (has("create") && has("delete")) return "replace";
  if (has("create")) return "create";
  if (has("delete")) return "destroy";
  if (has("forget")) return "forget";
  if (has("update")) return "update";
  return imports ? "import" : undefined;
}

const WORDS: Readonly<Record<Action, string>> = {
  import: "to import",
  create: "to add",
  update: "to change",
  replace: "to replace",
  destroy: "to destroy",
  forget: "to forget",
};

/** `2 to add, 1 to replace`, or `no changes`. */
export function countsOf({ changes, outputs }: PlanSummary): string {
  const parts = Object.entries(WORDS).flatMap(([action, words]) => {
    const count = changes.filter((change) => change.action === action).length;
    return count > 0 ? [`${count} ${words}`] : [];
  });
  if (parts.length > 0) return parts.join(", ");
  return outputs.length > 0 ? "outputs alone" : "no changes";
}
