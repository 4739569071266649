import { describe, expect, it } from "vitest";
import { blocksOf, DAY, dayName, halfHours, HOUR, startOfBlock, startOfDay, toPixels, toTime } from "./time";

describe("time and space of the guide", () => {
  it("turns one into the other and back", () => {
    expect(toPixels(HOUR)).toBe(240);
    expect(toTime(toPixels(HOUR))).toBe(HOUR);
  });

  it("covers a stretch with whole blocks", () => {
    const from = Date.UTC(2030, 0, 1, 4, 59);
    expect(blocksOf(from, from + 2 * HOUR)).toEqual([Date.UTC(2030, 0, 1, 3), Date.UTC(2030, 0, 1, 6)]);
    expect(startOfBlock(from)).toBe(Date.UTC(2030, 0, 1, 3));
  });

  it("marks every half hour", () => {
    const from = Date.UTC(2030, 0, 1, 4, 40);
    expect(halfHours(from, from + HOUR)).toHaveLength(3);
  });

  it("calls the days around now by their names", () => {
    const now = startOfDay(Date.now()) + 12 * HOUR;
    expect([now, now + DAY, now - DAY].map((day) => dayName(day, now))).toEqual(["Today", "Tomorrow", "Yesterday"]);
    expect(dayName(now + 3 * DAY, now)).toMatch(/\d/);
  });
});
