import { describe, expect, it } from "vitest";
import { COMMANDS, matches } from "./commands";

const found = (typed: string): string[] => COMMANDS.filter((command) => matches(command, typed)).map((command) => command.id);

describe("commands", () => {
  it("are found by the beginnings of their words, in any order", () => {
    expect(found("imp col")).toEqual(["import"]);
    expect(found("col imp")).toEqual(["import"]);
    expect(found("invite")).toEqual(["members"]);
    expect(found("zzz")).toEqual([]);
  });
});
