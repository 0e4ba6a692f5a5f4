import fs from "node:fs";
import path from "node:path";
import { publishNote } from "./gitlab-note";

/** Where a summary is put, by what the CI system says of itself in environment variables. */
export interface Publication {
  /** Markdown. */
  readonly text: string;
  /** Gets `summary.md`, which Azure DevOps takes. @default - there is no file */
  readonly folder?: string | undefined;
  /** What of it there can be once: a later text with the same name takes its place. */
  readonly name: string;
  readonly variables: NodeJS.ProcessEnv;
  /** Writes to the log of the job. */
  readonly say: (line: string) => void;
}

/**
 * Shows a summary where people look: on the page of a run in GitHub and Azure DevOps, in a note of the merge request in GitLab, which
 * takes a token that the job's own is not.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#uploadsummary-add-some-markdown-content-to-the-build-summary
 *
 * @returns Why a note could not be written: no reason to fail a run. @default - all is well
 */
export async function publishSummary({ text, folder, name, variables, say }: Publication): Promise<string | undefined> {
  const { GITHUB_STEP_SUMMARY: step, TF_BUILD: isAzure } = variables;
  if (step) fs.appendFileSync(step, text);
  if (folder !== undefined) {
    const file = path.join(folder, "summary.md");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(file, text);
    if (isAzure) say(`##vso[task.uploadsummary]${file}`);
  }
  const { GITLAB_TOKEN: token, CI_API_V4_URL: api, CI_PROJECT_ID: project, CI_MERGE_REQUEST_IID: request } = variables;
  if (!token || !api || !project || !request) return undefined;
  try {
    await publishNote({ notes: `${api}/projects/${project}/merge_requests/${request}/notes`, token, name, text });
    return undefined;
  } catch (error) {
    return `the merge request gets no note: ${error instanceof Error ? error.message : String(error)}`;
  }
}
