import { describe, expect, it } from "vitest";
import type { ScheduleRead } from "@/api";
import { type Draft, gapAround, HIDDEN, inTheWay, NO_WORDS, offersOf, placeOf } from "./places";
import { MINUTE } from "./zone";

const EVENING = Date.UTC(2027, 0, 5, 18);
const at = (minutes: number): number => EVENING + minutes * MINUTE;

function entry(id: string, start: number, stop: number): ScheduleRead {
  return {
    ...NO_WORDS, id, title: id, channel_id: "one", start_at: new Date(at(start)).toISOString(), stop_at: new Date(at(stop)).toISOString(),
    origin: "hand", source_name: null, template_id: null, template_on: null, title_id: null, title_slug: null, title_name: null,
  };
}

const ENTRIES = [entry("News", 0, 30), entry("Film", 30, 120), entry("Talk", 120, 150), entry("Late", 200, 230)];

function offers(start: number, stop: number, own: ScheduleRead | null = null): Record<string, ReturnType<typeof offersOf>[number]> {
  const draft: Draft = { entry: own, place: { channel: "one", start: at(start), stop: at(stop) }, words: { ...NO_WORDS, title: "Mine" } };
  const met = inTheWay(ENTRIES, draft.place, own?.id ?? null).map((one) => ({ id: one.id, title: one.title, ...placeOf(one) }));
  return Object.fromEntries(offersOf(draft, met, ENTRIES, "UTC").map((one) => [one.key, one]));
}

describe("offers for a conflict", () => {
  it("put it after what is in the way, or into the next gap that is long enough", () => {
    expect(offers(140, 180).after).toMatchObject({ label: "Put it after “Talk”, at 20:30", place: { start: at(150), stop: at(190) } });
    expect(offers(100, 190).after).toMatchObject({ label: "Put it into the next gap, at 21:50", place: { start: at(230) } });
  });

  it("neither move nor shorten what the profile may not see", () => {
    const draft: Draft = { entry: null, place: { channel: "one", start: at(140), stop: at(210) }, words: { ...NO_WORDS, title: "Mine" } };
    const met = [{ id: null, title: HIDDEN, start: at(150), stop: at(180) }, { id: "Late", title: "Late", start: at(200), stop: at(230) }];
    const found = offersOf(draft, met, ENTRIES, "UTC").map((one) => one.key);
    expect(found).toContain("after");
    expect(found).not.toContain("push");
    expect(found).not.toContain("trim");
    const [after] = offersOf({ ...draft, place: { ...draft.place, stop: at(160) } }, met.slice(0, 1), [], "UTC");
    expect(after?.label).toBe("Put it after a programme you may not see, at 21:00");
  });

  it("move what follows no further than it must", () => {
    const push = offers(60, 90).push;
    expect(push?.label).toBe("Put it at 20:00 and move “Talk” later");
    expect(push?.others).toEqual([{ id: "Talk", start: at(150), stop: at(180) }]);
    expect(offers(120, 200).push?.others.map((one) => [one.id, one.start])).toEqual([["Talk", at(200)], ["Late", at(230)]]);
  });

  it("shorten it, or what is in the way", () => {
    expect(offers(160, 220).shorten).toMatchObject({ label: "Let it end at 21:20 (40 min)", place: { start: at(160), stop: at(200) } });
    expect(offers(100, 190).shorten).toMatchObject({ place: { start: at(150), stop: at(190) } });
    expect(offers(100, 120).trim).toMatchObject({ label: "Let “Film” end at 19:40", others: [{ id: "Film", start: at(30), stop: at(100) }] });
    expect(offers(130, 160).trim?.label).toBe("Let “Talk” end at 20:10");
    expect(offers(100, 130).trim?.label).toBe("Shorten “Film” and “Talk”");
    expect(offers(50, 60).trim).toBeUndefined();
    expect(offers(50, 60).shorten).toBeUndefined();
  });

  it("replace, and put it before where there is room", () => {
    expect(offers(10, 190).replace?.label).toBe("Replace 3 entries");
    expect(offers(10, 40).before?.place.start).toBe(at(-30));
    expect(offers(140, 160).before).toBeUndefined();
  });

  it("leave the entry itself out of account", () => {
    const talk = ENTRIES[2] ?? entry("", 0, 0);
    expect(inTheWay(ENTRIES, { channel: "one", start: at(125), stop: at(155) }, talk.id)).toEqual([]);
    expect(offers(60, 90, talk).push).toBeUndefined();
  });

  it("know the free time around a moment", () => {
    expect(gapAround(ENTRIES, "one", at(170), 60 * MINUTE)).toEqual({ channel: "one", start: at(150), stop: at(200) });
  });
});
