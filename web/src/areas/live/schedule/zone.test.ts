import { describe, expect, it } from "vitest";
import { changeOf, clock, dayOf, HOUR, hoursOf, later, momentOf, monday, startOfDay, zoneName } from "./zone";

const PARIS = "Europe/Paris";

describe("days of a time zone", () => {
  it("have 23 hours when clocks go forward, 25 when they go back", () => {
    expect(hoursOf("2027-03-28", PARIS).map((one) => one.label).slice(0, 4)).toEqual(["00:00", "01:00", "03:00", "04:00"]);
    expect(hoursOf("2027-03-28", PARIS)).toHaveLength(23);
    const back = hoursOf("2027-10-31", PARIS);
    expect(back).toHaveLength(25);
    expect(back.filter((one) => one.label === "02:00").map((one) => one.isAgain)).toEqual([false, true]);
    expect([changeOf("2027-03-28", PARIS), changeOf("2027-10-31", PARIS), changeOf("2027-11-01", PARIS)]).toEqual([-60, 60, 0]);
  });

  it("read times that come twice as the first, and those that never come as before the change", () => {
    expect(new Date(momentOf("2027-10-31", "02:30", PARIS)).toISOString()).toBe("2027-10-31T00:30:00.000Z");
    expect(new Date(momentOf("2027-03-28", "02:30", PARIS)).toISOString()).toBe("2027-03-28T01:30:00.000Z");
    expect(new Date(momentOf("2027-07-01", "20:15", PARIS)).toISOString()).toBe("2027-07-01T18:15:00.000Z");
  });

  it("begin at midnight of the place, west and east", () => {
    for (const zone of [PARIS, "America/Los_Angeles", "Pacific/Auckland", "Asia/Kathmandu", "UTC"]) {
      for (const day of ["2027-01-01", "2027-03-14", "2027-03-28", "2027-11-07"]) {
        const start = startOfDay(day, zone);
        expect([clock(start, zone), dayOf(start, zone), dayOf(start - 1, zone)]).toEqual(["00:00", day, later(day, -1)]);
      }
    }
    expect(startOfDay(later("2027-02-28", 1), "UTC") - startOfDay("2027-02-28", "UTC")).toBe(24 * HOUR);
  });

  it("belong to weeks that begin on Monday", () => {
    expect(["2027-03-28", "2027-03-29", "2027-03-31"].map(monday)).toEqual(["2027-03-22", "2027-03-29", "2027-03-29"]);
  });

  it("are named with the distance from UTC", () => {
    expect(zoneName(PARIS, Date.UTC(2027, 6, 1))).toBe("Europe/Paris (UTC+2)");
    expect(zoneName("America/St_Johns", Date.UTC(2027, 0, 1))).toBe("America/St Johns (UTC−3:30)");
  });
});
