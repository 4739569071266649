import { describe, expect, it } from "vitest";
import { pieces } from "./highlight";

describe("pieces", () => {
  it("keeps marks and nothing else", () => {
    expect(pieces("The <mark>Gen</mark>eral &amp; more")).toEqual([
      { text: "The ", isMarked: false }, { text: "Gen", isMarked: true }, { text: "eral & more", isMarked: false },
    ]);
  });

  it("lets no markup through", () => {
    expect(pieces('<img src=x onerror=alert(1)><b>bold</b>')).toEqual([{ text: "bold", isMarked: false }]);
  });
});
