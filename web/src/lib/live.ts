import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { invalidate, type Touched } from "./queries";
import { activeSpace } from "./space";
import { listen, type ServerEvent } from "./sse";

const AREAS: readonly Touched[] = ["spaces", "catalog", "library", "exchange", "live", "notifications"];

const ALL: readonly Touched[] = [...AREAS, "search", "activity"];

/** Kinds read `catalog.title_published`; titles show copies and ratings, so these two refresh together. */
export function touchedBy(kind: string): Touched[] {
  const area = AREAS.find((each) => kind.startsWith(`${each}.`));
  if (!area) return [];
  if (area === "catalog" || area === "library") return ["catalog", "library", "search", "activity"];
  // A schedule that changes moves reminders, and whose programme is near is told.
  if (area === "live") return ["live", "notifications", "activity"];
  return [area, "activity"];
}

/** The kind of an event; who may not read the activity learns its area only. */
export function kindOf(data: string): string {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== "object" || value === null) return "";
    if ("kind" in value && typeof value.kind === "string") return value.kind;
    return "area" in value && typeof value.area === "string" ? `${value.area}.` : "";
  } catch {
    return "";
  }
}

/**
 * What others do shows by itself: journal events refresh what they touch, at most twice a second.
 * Only while the page is looked at, because a browser keeps no more than six connections to a host,
 * and every tab would hold one for good.
 */
export function useLiveUpdates(): void {
  const client = useQueryClient();
  const space = activeSpace.use();
  useEffect(() => {
    let waiting = new Set<Touched>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastId: string | null = null;
    let stop: (() => void) | undefined;
    const flush = (): void => {
      timer = undefined;
      void invalidate(client, [...waiting]);
      waiting = new Set();
    };
    const onEvent = ({ id, event, data }: ServerEvent): void => {
      lastId = id ?? lastId;
      // "reset": more happened than is told.
      const touched = event === "reset" ? ALL : touchedBy(kindOf(data));
      touched.forEach((area) => waiting.add(area));
      if (waiting.size > 0) timer ??= setTimeout(flush, 500);
    };
    const follow = (): void => {
      stop?.();
      stop = document.hidden ? undefined : listen("/api/v1/events", onEvent, lastId);
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      stop?.();
      clearTimeout(timer);
    };
  }, [client, space]);
}
