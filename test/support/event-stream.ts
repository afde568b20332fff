import { made, type Trade } from "./trade.ts";

export interface Listened {
  readonly status: number;
  readonly headers: Headers;
  /** What was told at once. */
  readonly events: readonly {
    readonly id: string;
    readonly args: Readonly<Record<string, unknown>>;
  }[];
}

/** All that has been told to a party so far: the stream from its beginning, until it is silent for a moment. */
export async function listened({ anyone, started }: Trade, party: string): Promise<Listened> {
  const session = await anyone.post<{ accessToken: string }>("/api/v1/auth/sandbox", { party });
  const ending = new AbortController();
  const response = await fetch(`${started.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${made(session).accessToken}`, "last-event-id": "0" },
    signal: ending.signal,
  });
  let text = "";
  let silence = setTimeout(() => {
    ending.abort();
  }, 1000);
  try {
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      clearTimeout(silence);
      silence = setTimeout(() => {
        ending.abort();
      }, 200);
    }
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  } finally {
    clearTimeout(silence);
  }
  const told = [...text.matchAll(/^data: (\{.*"args".*\})$/gm)].map(([, json]) => json!);
  const { status, headers } = response;
  return {
    status,
    headers,
    events: told.map((json) => JSON.parse(json) as Listened["events"][number]),
  };
}
