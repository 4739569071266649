import { describe, expect, it } from "vitest";
import { ApiError, fieldError, toApiError } from "./errors";

describe("toApiError", () => {
  it("reads the envelope", () => {
    const error = toApiError(
      { error: { code: "title_missing", message: "Give it a title.", field: "body.title", request_id: "r1" } },
      new Response(null, { status: 422 }),
    );
    expect(error).toBeInstanceOf(ApiError);
    expect([error.status, error.code, error.message, error.requestId]).toEqual([422, "title_missing", "Give it a title.", "r1"]);
  });

  it("says what to do when nothing answered", () => {
    expect(toApiError(new TypeError("Failed to fetch"), undefined).message).toContain("Check the connection");
  });

  it("has words for a status without an envelope", () => {
    expect(toApiError("<html>", new Response(null, { status: 413 })).message).toContain("larger");
    expect(toApiError("", new Response(null, { status: 502 })).message).toContain("502");
  });
});

describe("fieldError", () => {
  const error = new ApiError(422, { code: "x", message: "Too long.", field: "body.details.isbn13" });
  it("finds the field by its own name or its path", () => {
    expect(fieldError(error, "isbn13")).toBe("Too long.");
    expect(fieldError(error, "body.details.isbn13")).toBe("Too long.");
    expect(fieldError(error, "title")).toBeUndefined();
  });
});
