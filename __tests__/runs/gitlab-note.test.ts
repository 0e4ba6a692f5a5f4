import http from "node:http";
import type { AddressInfo } from "node:net";
import { publishSummary } from "../../runs/publish-summary";

interface Stored {
  readonly id: number;
  body: string;
}

/** The part of GitLab's API that notes need: https://docs.gitlab.com/api/notes/#merge-requests */
class GitLab {
  readonly notes: Stored[] = [];
  refusal: number | undefined;
  readonly tokens = new Set<unknown>();
  private readonly server = http.createServer((request, response) => {
    let text = "";
    request.on("data", (data) => (text += String(data)));
    request.on("end", () => {
      this.tokens.add(request.headers["private-token"]);
      const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
      response.statusCode = this.refusal ?? 200;
      response.end(JSON.stringify(this.answer(request.method ?? "", pathname, searchParams, text)));
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v4`;
  }

  close(): void {
    this.server.close();
  }

  private answer(method: string, path: string, query: URLSearchParams, text: string): unknown {
    const [, id] = /^\/api\/v4\/projects\/7\/merge_requests\/3\/notes(?:\/(\d+))?$/.exec(path) ?? [];
    if (method === "GET") {
      const [page, size] = [Number(query.get("page")), Number(query.get("per_page"))];
      return this.notes.slice((page - 1) * size, page * size);
    }
    const { body } = JSON.parse(text) as { body: string };
    const own = this.notes.find((note) => String(note.id) === id);
    if (own) own.body = body;
    else this.notes.push({ id: this.notes.length + 1, body });
    return {};
  }
}

describe("a summary in GitLab", () => {
  const gitlab = new GitLab();
  const said: string[] = [];
  let variables: NodeJS.ProcessEnv;

  beforeAll(async () => {
    const api = await gitlab.listen();
    variables = {
      ...{ CI_API_V4_URL: api, CI_PROJECT_ID: "7", CI_MERGE_REQUEST_IID: "3" },
      GITLAB_TOKEN: "glpat-of-a-project",
    };
  });
  afterAll(() => {
    gitlab.close();
  });

  const publish = (text: string, more: NodeJS.ProcessEnv = {}, name = "plan") =>
    publishSummary({ text, name, variables: { ...variables, ...more }, say: (line) => said.push(line) });

  it("is a note of the merge request, which the next run writes over, however many others there are", async () => {
    for (let id = 1; id <= 150; id++) gitlab.notes.push({ id, body: "looks good" });
    expect(await publish("first\n")).toBeUndefined();
    expect(await publish("second\n")).toBeUndefined();
    expect(gitlab.notes.slice(150)).toEqual([{ id: 151, body: "<!-- acr-pull plan -->\nsecond\n" }]);
    expect([...gitlab.tokens]).toEqual(["glpat-of-a-project"]);
  });

  it("is another note for another part", async () => {
    expect(await publish("part\n", {}, "plan 2/8")).toBeUndefined();
    expect(gitlab.notes.slice(150).map(({ body }) => body.split("\n")[1])).toEqual(["second", "part"]);
  });

  it("says why there is none, and fails nothing", async () => {
    gitlab.refusal = 401;
    const problem = await publish("third\n");
    expect(problem).toMatch(/^the merge request gets no note: GET http:\S+ answers 401$/);
    expect(problem).not.toContain("glpat");
    gitlab.refusal = undefined;
  });

  it.each(["GITLAB_TOKEN", "CI_MERGE_REQUEST_IID"])("asks nobody without %s", async (name) => {
    gitlab.tokens.clear();
    expect(await publish("fourth\n", { [name]: "" })).toBeUndefined();
    expect(gitlab.tokens.size).toBe(0);
    expect(said).toEqual([]);
  });
});
