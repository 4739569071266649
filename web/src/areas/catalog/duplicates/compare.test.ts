import { describe, expect, it } from "vitest";
import { startChoice } from "./compare";

describe("startChoice", () => {
  it("keeps the kept work's values and fills its gaps from the other", () => {
    const fields = [
      { name: "year", label: "Year", left: "1927", right: "1926" },
      { name: "synopsis", label: "Synopsis", left: "–", right: "A city." },
      { name: "tags", label: "Tags", left: "restored", right: "–" },
    ];
    expect(startChoice(fields, "left")).toEqual({ year: "left", synopsis: "right", tags: "left" });
    expect(startChoice(fields, "right")).toEqual({ year: "right", synopsis: "right", tags: "left" });
  });
});
