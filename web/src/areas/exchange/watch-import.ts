import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ImportRead } from "@/api";
import { invalidate } from "@/lib/queries";
import { listen } from "@/lib/sse";
import { importOptions, isLive } from "./data";

function parse(data: string): ImportRead | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null && "status" in value && "progress" in value ? (value as ImportRead) : null;
  } catch {
    return null; // a piece that is no import says nothing
  }
}

/** Lets an import on the screen move by itself until it ends; then refreshes what it filled. */
export function useWatchedImport(id: string, status: ImportRead["status"] | undefined): void {
  const client = useQueryClient();
  const isOn = status !== undefined && isLive(status);
  useEffect(() => {
    if (!isOn) return;
    const { queryKey } = importOptions(id);
    let isOver = false;
    const stop = listen(`/api/v1/imports/${id}/events`, ({ data }) => {
      const now = parse(data);
      if (!now || isOver) return;
      client.setQueryData(queryKey, now);
      if (isLive(now.status)) return;
      isOver = true;
      void invalidate(client, ["exchange", "catalog", "library", "search", "activity", "live"]);
    });
    return stop;
  }, [client, id, isOn]);
}
