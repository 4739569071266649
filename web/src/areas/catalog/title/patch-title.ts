import type { QueryClient } from "@tanstack/react-query";
import type { TitleRead } from "@/api";
import { titleOptions } from "../data";

/** Changes a title on the screen before the server answers; gives back how to undo that. */
export function patchTitle(client: QueryClient, id: string, part: Partial<TitleRead>): () => void {
  const { queryKey } = titleOptions(id);
  // An answer under way would bring the old value back.
  void client.cancelQueries({ queryKey });
  const before = client.getQueryData(queryKey);
  if (before) client.setQueryData(queryKey, { ...before, ...part });
  return () => { client.setQueryData(queryKey, before); };
}
