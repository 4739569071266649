import { callHeaders } from "./http";

export interface ServerEvent {
  id: string | null;
  event: string;
  data: string;
}

/**
 * Splits a text/event-stream (WHATWG HTML, "Server-sent events") into events.
 * Returns a function that takes the next piece of text and gives back what it completed.
 */
export function eventParser(): (text: string) => ServerEvent[] {
  let rest = "";
  let id: string | null = null;
  let event = "message";
  let data: string[] = [];
  const line = (text: string, out: ServerEvent[]): void => {
    if (text === "") {
      if (data.length > 0) out.push({ id, event, data: data.join("\n") });
      event = "message";
      data = [];
      return;
    }
    if (text.startsWith(":")) return;
    const colon = text.indexOf(":");
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
    else if (field === "id") id = value;
  };
  return (text) => {
    const out: ServerEvent[] = [];
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    lines.forEach((each) => line(each, out));
    return out;
  };
}

const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000];

async function readOnce(url: string, lastId: string | null, signal: AbortSignal, onEvent: (event: ServerEvent) => void): Promise<void> {
  const headers: Record<string, string> = { ...callHeaders("GET"), Accept: "text/event-stream" };
  if (lastId) headers["Last-Event-ID"] = lastId;
  const response = await fetch(url, { headers, signal, credentials: "same-origin" });
  if (!response.ok || !response.body) throw new Error(`stream refused: ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parse = eventParser();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parse(value).forEach(onEvent);
  }
}

/**
 * Listens to a stream until the returned function is called; reconnects with growing pauses.
 * Not EventSource: that cannot send the header that names the space. `since` is the id to go on from.
 */
export function listen(url: string, onEvent: (event: ServerEvent) => void, since: string | null = null): () => void {
  const stop = new AbortController();
  let lastId = since;
  let failures = 0;
  const go = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await readOnce(url, lastId, stop.signal, (event) => {
          failures = 0;
          lastId = event.id ?? lastId;
          onEvent(event);
        });
      } catch {
        // Fall through to the pause; the page stays usable and queries still refresh on focus.
      }
      const pause = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 30_000;
      failures += 1;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
  void go();
  return () => stop.abort();
}
