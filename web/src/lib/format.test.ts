import { describe, expect, it } from "vitest";
import { formatAgo, formatEta, formatMoney, formatRuntime, formatSeconds, plural, today } from "./format";

describe("format", () => {
  it("writes running times", () => {
    expect([45, 60, 153, 61].map(formatRuntime)).toEqual(["45 min", "1 h", "2 h 33", "1 h 01"]);
    expect(formatSeconds(437)).toBe("7:17");
  });

  it("tells time left without flicker", () => {
    expect([0.4, 12.2, 61, 3720].map(formatEta)).toEqual(["almost done", "13 s left", "2 min left", "1 h 2 min left"]);
  });

  it("takes calendar days as local days", () => {
    const now = new Date("2026-11-21T12:00:00");
    expect(formatAgo("2026-11-21T11:59:40", now)).toBe("just now");
    expect(formatAgo("2026-11-19T12:00:00", now)).toBe("2 days ago");
    expect(today()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it("knows currencies without cents, and shows unknown ones as they are", () => {
    expect(formatMoney(1999, "EUR").replace(/\s/g, " ")).toContain("19.99");
    expect(formatMoney(500, "JPY")).toContain("500");
    expect(formatMoney(1250, "??")).toBe("12.5 ??");
  });

  it("counts", () => {
    expect([plural(1, "copy", "copies"), plural(2, "copy", "copies"), plural(0, "work")]).toEqual(["1 copy", "2 copies", "0 works"]);
  });
});
