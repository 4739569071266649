import { describe, expect, it } from "vitest";
import { touchedBy } from "./live";

describe("touchedBy", () => {
  it("refreshes works and copies together, others alone", () => {
    expect(touchedBy("library.copy_lent")).toContain("catalog");
    expect(touchedBy("catalog.title_updated")).toContain("library");
    expect(touchedBy("spaces.member_removed")).toEqual(["spaces", "activity"]);
    expect(touchedBy("librarian.hired")).toEqual([]);
    expect(touchedBy("")).toEqual([]);
  });
});
