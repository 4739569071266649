import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "./errors";
import { dismissNotice, notices } from "./notices";
import { createQueryClient, invalidate, useAction } from "./queries";

afterEach(() => {
  cleanup();
  notices().forEach(({ id }) => dismissNotice(id));
});

const KEY = [{ _id: "catalogThing" }] as const;

function Thing({ send }: { send: () => Promise<string> }) {
  const { data } = useQuery({ queryKey: KEY, queryFn: () => "old", staleTime: Infinity });
  const change = useAction<string, string>({
    run: send,
    touches: [],
    done: (out) => `Became ${out}`,
    ahead: (next, client) => {
      client.setQueryData(KEY, next);
      return () => { client.setQueryData(KEY, "old"); };
    },
  });
  return <button onClick={() => change.mutate("new")}>{data ?? "none"}</button>;
}

function show(send: () => Promise<string>, onSignedOut = vi.fn()) {
  render(<QueryClientProvider client={createQueryClient(onSignedOut)}><Thing send={send} /></QueryClientProvider>);
  return onSignedOut;
}

describe("useAction", () => {
  it("shows the change before the answer, then says that it worked", async () => {
    let answer: (value: string) => void = () => undefined;
    show(() => new Promise((resolve) => { answer = resolve; }));
    await screen.findByText("old");
    act(() => screen.getByRole("button").click());
    await screen.findByText("new");
    expect(notices()).toEqual([]);
    await act(async () => { answer("new"); await Promise.resolve(); });
    await vi.waitFor(() => expect(notices().map((notice) => notice.message)).toEqual(["Became new"]));
  });

  it("rolls back what the server refused, and says why", async () => {
    show(() => Promise.reject(new ApiError(409, { code: "x", message: "Someone was faster." })));
    await screen.findByText("old");
    act(() => screen.getByRole("button").click());
    await vi.waitFor(() => expect(notices().map((notice) => [notice.tone, notice.message])).toEqual([["bad", "Someone was faster."]]));
    await screen.findByText("old");
  });

  it("tells when the session ended", async () => {
    const onSignedOut = show(() => Promise.reject(new ApiError(401, { code: "x", message: "Out." })));
    await screen.findByText("old");
    act(() => screen.getByRole("button").click());
    await vi.waitFor(() => expect(onSignedOut).toHaveBeenCalledOnce());
  });
});

describe("invalidate", () => {
  it("marks what the areas answered, and nothing else", async () => {
    const client = createQueryClient(() => undefined);
    client.setQueryData([{ _id: "catalogGetTitle", id: "1" }], 1);
    client.setQueryData([{ _id: "spacesListMembers" }], 2);
    await invalidate(client, ["catalog"]);
    expect(client.getQueryState([{ _id: "catalogGetTitle", id: "1" }])?.isInvalidated).toBe(true);
    expect(client.getQueryState([{ _id: "spacesListMembers" }])?.isInvalidated).toBe(false);
  });
});
