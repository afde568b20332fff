import { setTimeout as sleep } from "node:timers/promises";
import { ApiProblem } from "../../api/api-problem.ts";
import type { Caller } from "../../api/caller.ts";
import { SandboxClient, type Identity } from "../../api/sandbox-client.ts";
import type { Seeded } from "../../random/seeded.ts";
import type { Progress } from "../world/progress.ts";

/** Milliseconds in which a command must get its final answer, whatever happens meanwhile. */
const finalWithin = 180_000;
/** Milliseconds that one request waits: patiently, or so short that its answer comes too late. */
const patience = { usual: 10_000, hasty: 150 } as const;
const hastyPerCent = 10n;
/** Answers that say nothing about the command: the same request again is the way to know. */
const passing = new Set([408, 425, 429]);
const unauthorized = 401;

/**
 * Talks to the backend as a careful business system does: each command has a key of its own, and is repeated with that
 * key until there is a final answer, over whichever process answers.
 */
export class Erp {
  /** Requests that were sent again. */
  repeated = 0;
  /** Of those who do not sign in by being picked. */
  readonly tokens = new Map<Identity, string>();
  readonly #patient: readonly SandboxClient[];
  readonly #hasty: readonly SandboxClient[];

  constructor(
    urls: readonly string[],
    private readonly progress: Progress,
  ) {
    const clients = (timeLimit: number): SandboxClient[] =>
      urls.map((url) => new SandboxClient(url, { timeLimit }, this.tokens));
    this.#patient = clients(patience.usual);
    this.#hasty = clients(patience.hasty);
  }

  /** Somebody's desk: its commands are named after it, one by one. */
  desk(name: string, random: Seeded): Desk {
    return new Desk(name, random, this.#patient, this.#hasty, {
      holdsToken: (identity) => this.tokens.has(identity),
      repeated: () => (this.repeated += 1),
      answered: () => {
        this.progress.add();
      },
    });
  }
}

/** Commands one after another; the key of each follows from the desk's name and its place. */
export class Desk {
  #commands = 0;
  /** Whom it asks: the same process until that one fails it, so that it reads what it has written. */
  #at: number;

  constructor(
    private readonly name: string,
    private readonly random: Seeded,
    private readonly patient: readonly SandboxClient[],
    private readonly hasty: readonly SandboxClient[],
    private readonly erp: {
      readonly holdsToken: (identity: Identity) => boolean;
      readonly repeated: () => void;
      readonly answered: () => void;
    },
  ) {
    this.#at = Number(random.below(BigInt(patient.length)));
  }

  as(identity: Identity): Caller {
    return {
      get: (path, query) =>
        this.#insist(identity, false, (client) => client.as(identity).get(path, query)),
      post: (path, body = {}, key = this.#nextKey()) =>
        this.#command(identity, (client) => client.as(identity).post(path, body, key)),
      put: (path, body, key = this.#nextKey()) =>
        this.#command(identity, (client) => client.as(identity).put(path, body, key)),
    };
  }

  /** Captures an EPCIS document; the same again is known and not captured twice. */
  capture(party: Identity, document: object): Promise<void> {
    return this.#command(party, (client) => client.capture(party, document));
  }

  #nextKey(): string {
    this.#commands += 1;
    return `${this.name}.${String(this.#commands)}`;
  }

  async #command<T>(identity: Identity, send: (client: SandboxClient) => Promise<T>): Promise<T> {
    const isHasty = this.random.below(100n) < hastyPerCent;
    try {
      return await this.#insist(identity, isHasty, send);
    } finally {
      this.erp.answered();
    }
  }

  async #insist<T>(
    identity: Identity,
    isHasty: boolean,
    send: (client: SandboxClient) => Promise<T>,
  ): Promise<T> {
    const deadline = Date.now() + finalWithin;
    for (let attempt = 0; ; attempt++) {
      const clients = isHasty && attempt < 2 ? this.hasty : this.patient;
      try {
        return await send(this.#askedOf(clients));
      } catch (error) {
        if (this.#isFinal(identity, error)) throw error;
        if (Date.now() > deadline)
          throw new Error(`No final answer in ${String(finalWithin / 1000)} s: ${String(error)}`);
        this.#at = (this.#at + 1) % clients.length;
        this.erp.repeated();
        await sleep(Math.min(50 * (attempt + 1), 500));
      }
    }
  }

  #askedOf(clients: readonly SandboxClient[]): SandboxClient {
    const client = clients[this.#at];
    if (client === undefined) throw new Error("There is no backend to ask.");
    return client;
  }

  #isFinal(identity: Identity, error: unknown): boolean {
    if (!(error instanceof ApiProblem)) return false;
    // Who is signed in by being picked is signed in anew; a token of one's own does not get younger.
    if (error.status === unauthorized) return this.erp.holdsToken(identity);
    return error.status < 500 && !passing.has(error.status);
  }
}
