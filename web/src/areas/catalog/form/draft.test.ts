import { describe, expect, it } from "vitest";
import { detailsDraft, toDetails, toSeconds } from "./details-draft";
import { emptyTitle, isSame, newKey, problemsOf, toCreate, toUpdate } from "./draft";

describe("title draft", () => {
  it("sends what was typed, and nothing for what was not", () => {
    const draft = { ...emptyTitle("movie"), title: " Metropolis ", year: "1927", runtime: "", external: { imdb: " tt0017136 ", tmdb: "" } };
    const body = toCreate(draft);
    expect([body.title, body.year, body.runtime_minutes]).toEqual(["Metropolis", 1927, null]);
    expect(body.external_ids).toEqual({ imdb: "tt0017136" });
    expect(body.credits).toEqual([]);
  });

  it("updates only what changed", () => {
    const before = { ...emptyTitle("book"), title: "Emma" };
    const after = { ...before, year: "1815", credits: [{ key: newKey(), name: "Jane Austen", job: "author" as const, character: "" }] };
    expect(toUpdate(before, after, 4)).toEqual({ year: 1815, credits: [{ name: "Jane Austen", job: "author", character: null }], revision: 4 });
    expect(isSame(before, { ...before, title: "Emma " })).toBe(true);
  });

  it("leaves the age to the rating unless one is given, and empties it when it is taken away", () => {
    const before = { ...emptyTitle("movie"), title: "M" };
    expect("minimum_age" in toCreate(before)).toBe(false);
    const given = { ...before, minimum_age: "16" };
    expect(toUpdate(before, given, 1)).toEqual({ minimum_age: 16, revision: 1 });
    expect(toUpdate(given, before, 2)).toEqual({ minimum_age: null, revision: 2 });
    expect(problemsOf({ ...before, minimum_age: "22" }).age).toContain("21");
  });

  it("empties what was taken away", () => {
    const before = { ...emptyTitle("book"), title: "Emma", external: { imdb: "tt1", tmdb: "2" }, details: { fields: { pages: "400", publisher: "Murray" }, platforms: [], tracks: [] } };
    const after = { ...before, external: { imdb: "tt1", tmdb: "" }, details: { ...before.details, fields: { pages: "", publisher: "Murray" } } };
    expect(toUpdate(before, after, 1)).toEqual({ external_ids: { imdb: "tt1", tmdb: null }, details: { pages: null, publisher: "Murray" }, revision: 1 });
  });

  it("keeps seasons for series only", () => {
    const season = { key: 1, number: "1", title: "", expected: "10", episodes: [{ key: 2, number: "1", title: "The severed head", aired_on: "", runtime: "33", synopsis: "" }, { key: 3, number: "", title: "lost", aired_on: "", runtime: "", synopsis: "" }] };
    expect(toCreate({ ...emptyTitle("series"), seasons: [season] }).seasons?.[0]?.episodes).toHaveLength(1);
    expect(toCreate({ ...emptyTitle("movie"), seasons: [season] }).seasons).toEqual([]);
  });

  it("says what is wrong before the server has to", () => {
    expect(Object.keys(problemsOf({ ...emptyTitle("movie"), year: "soon", runtime: "2h" }))).toEqual(["title", "year", "runtime"]);
  });
});

describe("details", () => {
  it("go there and back for an album", () => {
    const details = { label: "Decca", tracks: [{ position: "A1", title: "Mars", seconds: 437 }, { position: "A2", title: "Venus" }] };
    const draft = detailsDraft(details, [{ position: "A1", title: "Mars", seconds: 437 }, { position: "A2", title: "Venus", seconds: null }]);
    expect(toDetails("album", draft)).toEqual(details);
  });

  it("leave out what belongs to another kind", () => {
    expect(toDetails("game", { fields: { pages: "12", developer: "Atari" }, platforms: ["Arcade"], tracks: [] })).toEqual({ developer: "Atari", platforms: ["Arcade"] });
  });

  it("read lengths", () => {
    expect(["7:17", "1:02:03", "45", "x", ""].map(toSeconds)).toEqual([437, 3723, 45, null, null]);
  });
});
