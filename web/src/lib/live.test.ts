import { describe, expect, it } from "vitest";
import { kindOf, touchedBy } from "./live";

describe("touchedBy", () => {
  it("refreshes works and copies together, others alone", () => {
    expect(touchedBy("library.copy_lent")).toContain("catalog");
    expect(touchedBy("catalog.title_updated")).toContain("library");
    expect(touchedBy("spaces.member_removed")).toEqual(["spaces", "activity"]);
    expect(touchedBy("librarian.hired")).toEqual([]);
    expect(touchedBy("")).toEqual([]);
  });

  it("follows the area where the kind is kept from the person", () => {
    expect(touchedBy(kindOf('{"position":1,"area":"live","kind":null}'))).toContain("notifications");
    expect(kindOf('{"position":1,"area":"live","kind":"live.channel_created"}')).toBe("live.channel_created");
    expect(kindOf("no json")).toBe("");
  });
});
