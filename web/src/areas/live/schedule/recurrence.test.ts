import { describe, expect, it } from "vitest";
import { buildRule, inWords, parseRule } from "./recurrence";

const FRIDAY = "2026-11-20";
const words = (rule: string, until: string | null = null): string => inWords(parseRule(rule, FRIDAY), until);

describe("rules that recur", () => {
  it("are said in plain words", () => {
    expect(words("FREQ=DAILY")).toBe("Every day");
    expect(words("FREQ=DAILY;INTERVAL=3", "2027-03-03")).toBe("Every 3 days, until 3 Mar 2027");
    expect(words("FREQ=WEEKLY")).toBe("Every Friday");
    expect(words("FREQ=WEEKLY;BYDAY=FR,MO;COUNT=6")).toBe("Every week on Monday and Friday, 6 times");
    expect(words("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")).toBe("Monday to Friday");
    expect(words("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU")).toBe("Every 2 weeks on Saturday and Sunday");
    expect(words("FREQ=MONTHLY;BYDAY=-1FR")).toBe("Every month on the last Friday");
    expect(words("FREQ=MONTHLY")).toBe("Every month on day 20");
  });

  it("are the same when they are read and written", () => {
    for (const rule of ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;COUNT=4", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYMONTHDAY=31"]) {
      expect(buildRule(parseRule(rule, FRIDAY))).toBe(rule);
    }
  });

  it("stay as they were written when words cannot say them", () => {
    for (const rule of ["FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=DAILY;UNTIL=20270101", "nonsense"]) {
      const read = parseRule(rule, FRIDAY);
      expect([read.every, buildRule(read)]).toEqual(["custom", rule]);
    }
  });
});
