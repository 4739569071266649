import { describe, expect, it } from "vitest";
import { limitDraft, limitsOf, limitWords } from "./limits";

describe("limits of a space", () => {
  it("go there and back; empty lifts one", () => {
    const limits = { members: 5, storage: 2_500_000_000 };
    expect(limitDraft(limits)).toEqual({ members: "5", titles: "", storage: "2.5" });
    expect(limitsOf(limitDraft(limits))).toEqual({ members: 5, titles: null, storage: 2_500_000_000 });
  });

  it("are said in words", () => {
    expect([limitWords({}), limitWords({ members: 1, titles: 0, storage: 500_000_000 })]).toEqual(["without limits", "at most 1 member, 0 works, 0.5 GB"]);
  });
});
