import { describe, expect, it } from "vitest";
import { cn } from "./cn";

describe("cn", () => {
  it("joins what is there", () => {
    expect(cn("a", false, undefined, "b c")).toBe("a b c");
  });

  it("lets the last of two that set the same count", () => {
    expect(cn("inline-flex h-10 px-4", "hidden h-8 w-8 px-0")).toBe("hidden h-8 w-8 px-0");
    expect(cn("px-3 sm:px-4", "px-0")).toBe("sm:px-4 px-0");
    expect(cn("inline-flex", "hidden sm:inline-flex")).toBe("hidden sm:inline-flex");
  });

  it("keeps what only looks alike", () => {
    expect(cn("pt-2 pb-4 text-sm text-quiet", "hover:bg-sunken bg-raised")).toBe("pt-2 pb-4 text-sm text-quiet hover:bg-sunken bg-raised");
    expect(cn("gap-x-4 gap-y-2")).toBe("gap-x-4 gap-y-2");
  });
});
