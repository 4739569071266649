import { ApiError } from "./errors";

/** A session of the administration that ended is no reason to leave the application. */
export async function asAdmin<T>(call: Promise<T>, words: "explain" | "keep" = "explain"): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) throw new ApiError(403, { code: "admin_signed_out", message: words === "keep" ? error.message : "Your session of the administration has ended. Load the page again and sign in to it." });
    throw error;
  }
}
