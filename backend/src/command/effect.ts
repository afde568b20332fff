/** What a state-changing route answers. */
export class Effect<Body = unknown> {
  constructor(
    readonly status: 200 | 201 | 202,
    readonly body: Body,
    /** The command that keeps this answer for the same request again; not for 202. */
    readonly command: string,
  ) {}
}
