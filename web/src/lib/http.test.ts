import { describe, expect, it } from "vitest";
import { callHeaders, rememberCsrf } from "./http";
import { activeSpace } from "./space";

describe("callHeaders", () => {
  it("names the space, and proves writes only", () => {
    rememberCsrf("token");
    activeSpace.set("lumiere");
    expect(callHeaders("GET")).toEqual({ "X-Space": "lumiere" });
    expect(callHeaders("POST")).toEqual({ "X-Space": "lumiere", "X-CSRF-Token": "token" });
    activeSpace.set("");
    expect(callHeaders("DELETE")).toEqual({ "X-CSRF-Token": "token" });
  });
});
