/** A note of a merge request. */
export interface Note {
  /** Address of the merge request's notes. */
  readonly notes: string;
  /** Has the scope `api`. */
  readonly token: string;
  /** What there can be once: an earlier note with the same name is written over. */
  readonly name: string;
  /** Markdown. */
  readonly text: string;
}

const TIMEOUT_MS = 30_000;
/** Most that GitLab gives at once. */
const PAGE = 100;

/**
 * Writes a note, or over the one of an earlier run, which a comment in it tells.
 * https://docs.gitlab.com/api/notes/#merge-requests
 *
 * @throws {Error} Where GitLab does not take it.
 */
export async function publishNote({ notes, token, name, text }: Note): Promise<void> {
  const mark = `<!-- acr-pull ${name} -->`;
  const ask = async (address: string, method: string, body?: string): Promise<unknown> => {
    const response = await fetch(address, {
      method,
      headers: { "PRIVATE-TOKEN": token, "Content-Type": "application/json" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body !== undefined && { body: JSON.stringify({ body }) }),
    });
    if (!response.ok) throw new Error(`${method} ${address} answers ${response.status}`);
    return response.json();
  };
  const body = `${mark}\n${text}`;
  for (let page = 1; ; page++) {
    const found = (await ask(`${notes}?per_page=${PAGE}&page=${page}`, "GET")) as { id: number; body: string }[];
    const own = found.find((note) => note.body.startsWith(mark));
    if (own) {
      await ask(`${notes}/${own.id}`, "PUT", body);
      return;
    }
    if (found.length < PAGE) break;
  }
  await ask(notes, "POST", body);
}
