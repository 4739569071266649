import { QueryClient, QueryCache, MutationCache, useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { ApiError, messageOf } from "./errors";
import { type NoticeAction, notify, notifyError } from "./notices";

/** First words of operation ids; what one write changes is told by these. */
export type Touched = "accounts" | "spaces" | "catalog" | "library" | "exchange" | "search" | "activity" | "audit" | "live" | "watch" | "notifications";

export function createQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: Error): void => {
    if (error instanceof ApiError && error.status === 401) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      },
    },
  });
}

/** Marks as stale what these areas answered, so that what is on the screen reloads. */
export function invalidate(client: QueryClient, touches: readonly Touched[]): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [head] }) => {
      const id = typeof head === "object" && head !== null && "_id" in head ? String(head._id) : "";
      return touches.some((area) => id.startsWith(area));
    },
  });
}

/** The key of a feed, in the form the generated query keys have. */
export function feedKey(id: string, params: unknown = {}): readonly [{ _id: string; feed: true; params: unknown }] {
  return [{ _id: id, feed: true, params }];
}

interface ActionOptions<In, Out> {
  run: (input: In) => Promise<Out>;
  touches: readonly Touched[];
  /** Said when it worked; nothing is said without it. */
  done?: string | ((out: Out, input: In) => string);
  undo?: (out: Out, input: In) => NoticeAction | undefined;
  onDone?: (out: Out, input: In) => void;
  /** Changes what is on the screen before the server answers; gives back how to roll that back. */
  ahead?: (input: In, client: QueryClient) => () => void;
  /** The form shows the error itself. */
  inline?: boolean;
}

/** One write of the person: runs it, says how it went, refreshes what it touched, rolls back what failed. */
export function useAction<In = void, Out = unknown>(options: ActionOptions<In, Out>): UseMutationResult<Out, Error, In, (() => void) | undefined> {
  const client = useQueryClient();
  return useMutation<Out, Error, In, (() => void) | undefined>({
    mutationFn: options.run,
    onMutate: (input) => options.ahead?.(input, client),
    onSuccess: (out, input) => {
      if (options.done) notify(typeof options.done === "string" ? options.done : options.done(out, input), options.undo?.(out, input));
      void invalidate(client, options.touches);
      options.onDone?.(out, input);
    },
    onError: (error, _input, rollBack) => {
      rollBack?.();
      if (!options.inline) notifyError(messageOf(error));
    },
  });
}
