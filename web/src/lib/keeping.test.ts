import { expect, test } from "vitest";
import { daysProblem, fromDays, inWords, toDays } from "./keeping";

test("days are typed as a whole number within reach, or are always", () => {
  expect(daysProblem(null)).toBeUndefined();
  expect(daysProblem("30")).toBeUndefined();
  expect(daysProblem("29", 30)).toContain("from 30");
  expect(daysProblem("")).toContain("from 1 to 36,500");
  expect(daysProblem("2.5")).toBeDefined();
  expect(daysProblem("36501")).toBeDefined();
  expect(fromDays(toDays(null))).toBeNull();
  expect(fromDays(toDays(14))).toBe(14);
});

test("many days are said as people say them", () => {
  expect(inWords("14")).toBeUndefined();
  expect(inWords("90")).toBe("about 3 months");
  expect(inWords("365")).toBe("about a year");
  expect(inWords("730")).toBe("about 2 years");
  expect(inWords(null)).toBeUndefined();
});
