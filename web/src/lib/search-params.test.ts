import { describe, expect, it } from "vitest";
import { asListOf, asNumber, asOneOf, parseSearch, stringifySearch } from "./search-params";

describe("search params", () => {
  it("go there and back", () => {
    const search = { kind: ["movie", "book"], sort: "-year", year_from: "1900" };
    expect(stringifySearch(search)).toBe("?kind=movie&kind=book&sort=-year&year_from=1900");
    expect(parseSearch("?kind=movie&kind=book&sort=-year&year_from=1900")).toEqual(search);
  });

  it("leave out what is empty", () => {
    expect(stringifySearch({ a: undefined, b: "", c: [], d: 0 })).toBe("?d=0");
  });

  it("trust nothing", () => {
    expect(asListOf(["movie", "pie"], ["movie", "book"] as const)).toEqual(["movie"]);
    expect(asOneOf("drop table", ["title", "year"] as const)).toBeUndefined();
    expect(asNumber("19x")).toBeUndefined();
    expect(asNumber("1927")).toBe(1927);
  });
});
