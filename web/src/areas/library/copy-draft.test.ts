import { describe, expect, it } from "vitest";
import { copyFields, editionFields, emptyDraft, toCents } from "./copy-draft";

describe("copy draft", () => {
  it("reads prices as people write them", () => {
    expect(["12.50", "12,5", " 7 ", "1 200,00", "", "free", "1.234"].map(toCents)).toEqual([1250, 1250, 700, 120_000, null, null, null]);
  });

  it("sends nothing for what was left empty", () => {
    const draft = { ...emptyDraft("dvd", "shelf", "new"), location: " B2 ", price: "5" };
    expect(copyFields(draft)).toEqual({
      library: "shelf", condition: null, location: "B2", price_cents: 500, currency: "EUR", bought_on: null, signed: false, notes: null,
    });
    expect(editionFields(draft).barcode).toBeNull();
    expect(copyFields({ ...draft, price: "" }).currency).toBeNull();
  });
});
