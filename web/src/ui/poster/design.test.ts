import { describe, expect, it } from "vitest";
import { designOf } from "./design";

describe("designOf", () => {
  it("draws the same work the same, whatever its case", () => {
    const first = designOf({ title: "Häxan", year: 1922, kind: "movie" });
    const again = designOf({ title: "HÄXAN".normalize("NFD").toLowerCase().normalize("NFC"), year: 1922, kind: "movie" });
    expect([again.motif, again.palette]).toEqual([first.motif, first.palette]);
  });

  it("tells works of one shelf apart", () => {
    const looks = ["Metropolis", "Nosferatu", "The General", "Faust", "Dracula", "Safety Last!", "Körkarlen", "The Kid"].map((title) => {
      const { motif, palette } = designOf({ title, year: 1925, kind: "movie" });
      return `${motif} ${palette.ground}`;
    });
    expect(new Set(looks).size).toBeGreaterThanOrEqual(6);
  });
});
