import { describe, expect, it } from "vitest";
import { countFilters, parseWorksSearch, toggle, toQuery } from "./filters";

describe("works search", () => {
  it("keeps what it knows and drops the rest", () => {
    expect(parseWorksSearch({ kind: ["movie", "pie"], sort: "drop", year_from: "1900", owned: "no", evil: "1" })).toEqual({
      kind: ["movie"], year_from: 1900, owned: "no",
    });
  });

  it("becomes the server's filter", () => {
    expect(toQuery({ kind: ["book"], owned: "no", view: "table", sort: "-year" })).toEqual({ kind: ["book"], owned: false, sort: "-year" });
  });

  it("counts filters, not views", () => {
    expect(countFilters({ view: "table", sort: "title", library: ["a"], kind: ["book"], year_from: 1900 })).toBe(2);
  });

  it("toggles values, and leaves no empty list behind", () => {
    expect(toggle(["a"], "b")).toEqual(["a", "b"]);
    expect(toggle(["a"], "a")).toBeUndefined();
  });
});
