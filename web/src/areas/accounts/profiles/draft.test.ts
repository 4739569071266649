import { describe, expect, it } from "vitest";
import { bodyOf, draftOf, withKids } from "./draft";

describe("profile draft", () => {
  it("gives a child's profile a limit and no unknown works", () => {
    const adult = draftOf(null, "owl");
    expect(bodyOf(adult).maturity_limit).toBeNull();
    const child = withKids(adult, true);
    expect([child.limit, child.shows_unknown]).toEqual(["6", false]);
    expect(withKids({ ...adult, limit: "12" }, true).limit).toBe("12");
    expect(withKids({ ...adult, limit: "18" }, true).limit).toBe("6");
    expect(bodyOf(child).maturity_limit).toBe(6);
  });
});
