import { useSyncExternalStore } from "react";
import { fetchAsParty } from "./client.ts";

/** `live`: told of every change; `waiting`: not connected, will try again. */
export type Connection = "live" | "waiting";

const stream = "/api/v1/events";
/** A burst of events is one reason to look again, not hundreds. */
const pause = 1_000;
const [shortestRetry, longestRetry] = [1_000, 15_000];

const changeListeners = new Set<() => void>();
const connectionListeners = new Set<() => void>();
let connection: Connection = "waiting";
let due: number | undefined;
let last = 0;

/** Calls back when anything on the ledger may have changed; returns how to stop. */
export function onChange(listener: () => void): () => void {
  changeListeners.add(listener);
  return () => changeListeners.delete(listener);
}

export function announceChange(): void {
  if (due !== undefined) return;
  due = window.setTimeout(
    () => {
      due = undefined;
      last = Date.now();
      for (const listener of changeListeners) listener();
    },
    Math.max(0, last + pause - Date.now()),
  );
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      connectionListeners.add(listener);
      return () => connectionListeners.delete(listener);
    },
    () => connection,
  );
}

function setConnection(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const listener of connectionListeners) listener();
}

/**
 * Follows the server's event stream until stopped, from the last event seen after a broken line.
 * Read by fetch, for the browser's own EventSource cannot carry a bearer token.
 */
export function follow(): () => void {
  const controller = new AbortController();
  void followUntil(controller.signal);
  return () => {
    controller.abort();
  };
}

async function followUntil(signal: AbortSignal): Promise<void> {
  let lastEvent = "";
  let retry = shortestRetry;
  const isStopped = (): boolean => signal.aborted;
  while (!isStopped()) {
    try {
      const headers = new Headers({ Accept: "text/event-stream" });
      if (lastEvent !== "") headers.set("Last-Event-ID", lastEvent);
      const response = await fetchAsParty(
        new Request(new URL(stream, window.location.origin), {
          headers,
          signal,
          cache: "no-store",
        }),
      );
      if (response.ok && response.body !== null) {
        setConnection("live");
        // What happened while nobody listened.
        announceChange();
        retry = shortestRetry;
        await readEvents(response.body, (id) => {
          lastEvent = id ?? lastEvent;
          announceChange();
        });
      }
    } catch {
      // A line that breaks is taken up again below.
    }
    if (isStopped()) return;
    setConnection("waiting");
    await new Promise((resolve) => setTimeout(resolve, retry));
    retry = Math.min(longestRetry, retry * 2);
  }
}

async function readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onEvent: (id: string | undefined) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const messages = (text + value.replaceAll("\r\n", "\n")).split("\n\n");
    text = messages.pop() ?? "";
    for (const message of messages) {
      const lines = message.split("\n");
      if (!lines.some((line) => line.startsWith("data:"))) continue;
      onEvent(
        lines
          .find((line) => line.startsWith("id:"))
          ?.slice(3)
          .trim(),
      );
    }
  }
}
