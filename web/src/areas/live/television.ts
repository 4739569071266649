import type { QueryClient } from "@tanstack/react-query";
import { sessionOptions } from "@/lib/session";
import { activeSpace } from "@/lib/space";
import { oneOf, type Stored, stored } from "@/lib/stored";
import { recommendedOptions } from "./recommended";

export type Known = "yes" | "no" | "unknown";

const spaces = new Map<string, Stored<Known>>();

/** Whether something was on in a space when this browser last looked: keeps room for it before the answer is there. */
export function televisionOf(space: string): Stored<Known> {
  const found = spaces.get(space) ?? stored<Known>(`television:${space}`, "unknown", oneOf("yes", "no", "unknown"));
  spaces.set(space, found);
  return found;
}

/** Finds out before the page shows, once for each space: nothing then has to make way for what comes later. */
export async function lookForTelevision(client: QueryClient): Promise<void> {
  const session = await client.query({ ...sessionOptions, staleTime: "static" });
  const slug = activeSpace.get();
  const memory = televisionOf(slug);
  const mayLook = session?.spaces.find((space) => space.slug === slug)?.permissions.includes("live.guide.read");
  if (!mayLook || memory.get() !== "unknown") return;
  try {
    memory.set((await client.query({ ...recommendedOptions(), retry: false })).length > 0 ? "yes" : "no");
  } catch {
    // The page asks again and says nothing of television until it knows.
  }
}
