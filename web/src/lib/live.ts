import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { invalidate, type Touched } from "./queries";
import { activeSpace } from "./space";
import { listen } from "./sse";

const AREAS: readonly Touched[] = ["spaces", "catalog", "library", "exchange"];

const ALL: readonly Touched[] = [...AREAS, "search", "activity"];

/** Kinds read `catalog.title_published`; titles show copies and ratings, so these two refresh together. */
export function touchedBy(kind: string): Touched[] {
  const area = AREAS.find((each) => kind.startsWith(`${each}.`));
  if (!area) return [];
  if (area === "catalog" || area === "library") return ["catalog", "library", "search", "activity"];
  return [area, "activity"];
}

function kindOf(data: string): string {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null && "kind" in value ? String(value.kind) : "";
  } catch {
    return "";
  }
}

/** What others do shows by itself: journal events refresh what they touch, at most twice a second. */
export function useLiveUpdates(): void {
  const client = useQueryClient();
  const space = activeSpace.use();
  useEffect(() => {
    let waiting = new Set<Touched>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listen("/api/v1/events", ({ event, data }) => {
      // "reset": more happened than is told.
      const touched = event === "reset" ? ALL : touchedBy(kindOf(data));
      touched.forEach((area) => waiting.add(area));
      if (waiting.size === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void invalidate(client, [...waiting]);
        waiting = new Set();
      }, 500);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client, space]);
}
