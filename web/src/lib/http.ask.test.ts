import { afterEach, describe, expect, it, vi } from "vitest";
import { ask, rememberCsrf } from "./http";
import { answerProof } from "./proof";

const refusal = (code: string): Response => Response.json({ error: { code, message: "no" } }, { status: 403 });

function answering(...answers: Response[]): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal("fetch", (request: Request | string) => {
    asked.push(typeof request === "string" ? new Request(new URL(request, location.href)) : request);
    return Promise.resolve(answers.shift() ?? Response.error());
  });
  return asked;
}

const post = (): Request => new Request("http://localhost/api/v1/api-keys", { method: "POST", body: "{}", headers: { "X-CSRF-Token": "old" } });

describe("ask", () => {
  afterEach(() => { vi.unstubAllGlobals(); });

  it("waits for a proof, then asks once more with the new token and the same body", async () => {
    const asked = answering(refusal("reauthentication_needed"), Response.json({ id: 1 }, { status: 201 }));
    const answer = ask(post());
    await vi.waitFor(() => { expect(asked).toHaveLength(1); });
    await new Promise((resolve) => { setTimeout(resolve); });
    rememberCsrf("new");
    answerProof(true);
    expect((await answer).status).toBe(201);
    expect(asked[1]?.headers.get("X-CSRF-Token")).toBe("new");
    expect(await asked[1]?.text()).toBe("{}");
  });

  it("hands the refusal on when nobody shows who they are", async () => {
    const asked = answering(refusal("reauthentication_needed"));
    const answer = ask(post());
    await new Promise((resolve) => { setTimeout(resolve, 10); });
    answerProof(false);
    expect((await answer).status).toBe(403);
    expect(asked).toHaveLength(1);
  });

  it("takes the token over that another tab renewed, and tries no more than once", async () => {
    rememberCsrf("old");
    const asked = answering(refusal("bad_csrf_token"), Response.json({ csrf_token: "new" }), Response.json({}));
    expect((await ask(post())).status).toBe(200);
    expect(asked[2]?.headers.get("X-CSRF-Token")).toBe("new");
    const second = answering(refusal("bad_csrf_token"), Response.json({ csrf_token: "new" }));
    expect((await ask(post())).status).toBe(403);
    expect(second).toHaveLength(2);
  });

  it("leaves other refusals alone", async () => {
    const asked = answering(refusal("not_allowed"));
    expect((await ask(post())).status).toBe(403);
    expect(asked).toHaveLength(1);
  });
});
