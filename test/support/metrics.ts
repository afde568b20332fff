import type { Client } from "./client.ts";

/** Prometheus' text format, by series: `name{label="value"}`. */
function parseMetrics(text: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const match = /^([a-zA-Z_:][\w:]*(?:\{[^}]*\})?) (\S+)$/.exec(line);
    if (match === null) throw new Error(`This is no sample: ${line}`);
    values.set(match[1]!, Number(match[2]));
  }
  return values;
}

export async function scrape(client: Client): Promise<ReadonlyMap<string, number>> {
  const { status, body } = await client.get<string>("/metrics");
  if (status !== 200) throw new Error(`/metrics answered ${status}`);
  return parseMetrics(body);
}
