import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { TitleRead } from "@/api";

/**
 * Changes a title on the screen before the server answers; gives back how to undo that.
 * A page may have asked for it by its id or by its slug; `id` is the title's own.
 */
export function patchTitle(client: QueryClient, id: string, part: Partial<TitleRead>): () => void {
  const undo = client.getQueryCache()
    .findAll({ predicate: ({ state }) => isTitle(state.data) && state.data.id === id })
    .map(({ queryKey }) => patch(client, queryKey, part));
  return () => undo.forEach((each) => each());
}

function isTitle(data: unknown): data is TitleRead {
  return typeof data === "object" && data !== null && "my_rating" in data && "editions" in data;
}

function patch(client: QueryClient, queryKey: QueryKey, part: Partial<TitleRead>): () => void {
  // An answer under way would bring the old value back.
  void client.cancelQueries({ queryKey });
  const before = client.getQueryData<TitleRead>(queryKey);
  if (before) client.setQueryData(queryKey, { ...before, ...part });
  return () => { client.setQueryData(queryKey, before); };
}
