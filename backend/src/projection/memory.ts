import type { ProjectionEngine } from "./projection.engine.ts";

/** Of what nobody has, anything may be asked for between two blocks. */
const most = 10_000;

/**
 * What is looked up in the read model again and again, and seldom changes: kept until the read model moves on, so that it
 * is what the read model says when it is asked, or was a moment before.
 */
export class Memory<Value> {
  #known = new Map<string, Promise<Value>>();

  constructor(
    projection: Pick<ProjectionEngine, "listen">,
    private readonly look: (key: string) => Promise<Value>,
  ) {
    // Another map: what was asked for before must not come into this one when it is answered.
    const forget = (): void => {
      this.#known = new Map<string, Promise<Value>>();
    };
    projection.listen({ projected: forget, undone: forget });
  }

  get(key: string): Promise<Value> {
    const known = this.#known;
    let value = known.get(key);
    if (value === undefined) {
      value = this.look(key);
      if (known.size < most) known.set(key, value);
      value.catch(() => known.delete(key));
    }
    return value;
  }
}
