import { describe, expect, it } from "vitest";
import { readOutcome, startPath } from "./outside";

describe("the way back from somebody else", () => {
  it("reads what the server put behind the #", () => {
    expect(readOutcome("#link=abc")).toEqual({ kind: "link", token: "abc", next: undefined });
    expect(readOutcome("#link=abc&next=%2Floans%3Fstate%3Dall")).toMatchObject({ token: "abc", next: "/loans?state=all" });
    expect(readOutcome("#link=abc&next=%2F%2Felsewhere.example")).toMatchObject({ next: undefined });
    expect(readOutcome("#problem=cancelled&next=https%3A%2F%2Felsewhere.example")).toMatchObject({ kind: "problem", next: undefined });
    expect(readOutcome("#challenge=c1&methods=totp%2Cbackup_code%2Cnothing&next=%2Floans%3Fstate%3Dall")).toEqual({
      kind: "challenge", challenge: { challenge: "c1", methods: ["totp", "backup_code"] }, next: "/loans?state=all",
    });
    expect(readOutcome("#problem=suspended")).toMatchObject({ kind: "problem", words: expect.stringContaining("suspended") as string });
  });

  it("has words for problems that it does not know, and none where nothing is said", () => {
    expect(readOutcome("#problem=eclipse")).toMatchObject({ kind: "problem", words: expect.stringContaining("Begin again") as string });
    expect([readOutcome(""), readOutcome("#top")]).toEqual([null, null]);
  });

  it("begins where the server wants it", () => {
    expect(startPath("my id", { next: "/a?b=1", link: true })).toBe("/api/v1/auth/oidc/my%20id/start?next=%2Fa%3Fb%3D1&link=true");
    expect(startPath("google")).toBe("/api/v1/auth/oidc/google/start");
  });
});
