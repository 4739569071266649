import { describe, expect, it } from "vitest";
import { eventParser } from "./sse";

describe("eventParser", () => {
  it("joins data lines and survives cuts in the middle of a line", () => {
    const parse = eventParser();
    expect(parse("id: 7\nevent: jour")).toEqual([]);
    expect(parse("nal\ndata: {\"a\":\ndata: 1}\n")).toEqual([]);
    expect(parse("\n")).toEqual([{ id: "7", event: "journal", data: '{"a":\n1}' }]);
  });

  it("skips comments and events without data, and keeps the last id", () => {
    const parse = eventParser();
    expect(parse(": ping\n\nid: 3\n\ndata: x\n\n")).toEqual([{ id: "3", event: "message", data: "x" }]);
  });

  it("understands carriage returns", () => {
    expect(eventParser()("data: a\r\n\r\ndata: b\r\n\r\n").map((event) => event.data)).toEqual(["a", "b"]);
  });
});
