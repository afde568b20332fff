import { requireDocumented } from "./documented.ts";

/** What a route answered. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** A signed-in caller of the HTTP API, to whom every answer has to be as the OpenAPI document has it. */
export class Client {
  constructor(
    readonly url: string,
    private readonly token?: string,
  ) {}

  /** @param party its id, or `operator` */
  async signedIn(party: string): Promise<Client> {
    const { body } = await this.post<{ accessToken: string }>("/api/v1/auth/sandbox", { party });
    return new Client(this.url, body.accessToken);
  }

  get<Body = Record<string, unknown>>(path: string): Promise<Answer<Body>> {
    return this.send("GET", path, undefined, {});
  }

  post<Body = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.send("POST", path, body, headers);
  }

  put<Body = Record<string, unknown>>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.send("PUT", path, body, {});
  }

  async send<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    signal = AbortSignal.timeout(20_000),
  ): Promise<Answer<Body>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      signal,
    });
    const text = await response.text();
    const { status } = response;
    const contentType = response.headers.get("content-type") ?? "";
    await requireDocumented({ method, path, status, contentType, body: text });
    const isJson = contentType.includes("json");
    return {
      status,
      body: (isJson ? JSON.parse(text) : text) as Body,
      headers: response.headers,
    };
  }
}
