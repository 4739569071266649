import { describe, expect, it } from "vitest";
import { reasonWords } from "./reasons";

const nameOf = (slug: string): string => ({ catalog_editor: "Catalogue editor", curators: "Curators" })[slug] ?? slug;

describe("reasonWords", () => {
  it("calls roles as people do", () => {
    expect(reasonWords({ kind: "role", words: "Role curators, which extends catalog_editor.", role: "catalog_editor", through: ["curators", "catalog_editor"] }, nameOf)).toBe("Role Curators, which extends Catalogue editor.");
    expect(reasonWords({ kind: "team", words: "Team Film club: Role catalog_editor.", role: "catalog_editor", team: "Film club", through: ["catalog_editor"] }, nameOf)).toBe("Team Film club, with the role Catalogue editor.");
  });

  it("says whether the thing or its library was shared", () => {
    expect(reasonWords({ kind: "grant", words: "Grant for the title “M”.", through: [] }, nameOf)).toBe("Shared with them.");
    expect(reasonWords({ kind: "grant", words: "Grant for the library it is in, by team Film club.", team: "Film club", through: [] }, nameOf)).toBe("Its library is shared with team Film club.");
  });

  it("says what is missing without the names of permissions, and the rest as it came", () => {
    expect(reasonWords({ kind: "missing", words: "Nothing gives catalog.title.edit. A role allows it only for what they put in themselves.", through: [] }, nameOf)).toBe("Nothing gives it to them. A role allows it only for what they put in themselves.");
    expect(reasonWords({ kind: "suspended", words: "Their account is suspended.", through: [] }, nameOf)).toBe("Their account is suspended.");
  });
});
