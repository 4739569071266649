import { describe, expect, it } from "vitest";
import { blocksOf, DAY, dayName, eveningOf, halfHours, HOUR, startOfBlock, startOfDay, toPixels, toTime } from "./time";

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

  it("ends the evening at two, also after midnight", () => {
    const at = (hour: number, minute = 0): number => Date.UTC(2030, 2, 1, hour, minute);
    const evening = (now: number): { from: number; to: number } => eveningOf(now, "UTC");
    expect(evening(at(9))).toEqual({ from: at(18), to: at(26) });
    expect(evening(at(21, 40))).toEqual({ from: at(21, 30), to: at(26) });
    expect(evening(at(24, 20))).toEqual({ from: at(24), to: at(26) });
    expect(evening(at(26, 10))).toEqual({ from: at(42), to: at(50) });
  });

  it("has the evening of the space, wherever the device is", () => {
    const at = (day: number, hour: number): number => Date.UTC(2030, 6, day, hour);
    expect(eveningOf(at(1, 12), "Asia/Tokyo")).toEqual({ from: at(1, 12), to: at(1, 17) });
    expect(eveningOf(at(1, 12), "America/New_York")).toEqual({ from: at(1, 22), to: at(2, 6) });
    // The night in which clocks go forward ends an hour earlier.
    expect(eveningOf(Date.UTC(2030, 2, 30, 12), "Europe/Vienna")).toEqual({ from: Date.UTC(2030, 2, 30, 17), to: Date.UTC(2030, 2, 31, 1) });
  });
});
