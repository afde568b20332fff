import { Injectable } from "@nestjs/common";
import type { EventArgs, EventName } from "../chain/contracts.ts";
import type { ContractName } from "../chain/deployment.ts";
import type { Entity } from "../database/entity.ts";
import type { Ledger } from "./ledger.ts";

/** An event as a handler gets it. */
export interface ChainEvent<Args = Readonly<Record<string, unknown>>> {
  readonly contract: ContractName;
  /** The contract's address; of a currency, the token. */
  readonly address: string;
  readonly name: string;
  readonly args: Args;
  readonly block: number;
  readonly logIndex: number;
  readonly transaction: string;
  /** Seconds: the block's. */
  readonly time: number;
}

export type Handler<Args> = (event: ChainEvent<Args>, ledger: Ledger) => Promise<void> | void;

/** Handlers by contract and event. They hold no rule: an event carries all that a row needs. */
export type Handlers = {
  readonly [C in ContractName]?: {
    readonly [E in EventName<C>]?: Handler<EventArgs<C, E>>;
  };
};

/** How a noun's rows follow from events. */
export interface ProjectorDefinition {
  /** The entities that the handlers write: the noun's part of the read model. */
  readonly rows: readonly Entity[];
  readonly handlers: Handlers;
}

/** All projectors. A noun's module adds its own when it is constructed. */
@Injectable()
export class Projectors {
  readonly #definitions: ProjectorDefinition[] = [];
  readonly #handlers = new Map<string, Handler<never>[]>();

  add(definition: ProjectorDefinition): void {
    this.#definitions.push(definition);
    for (const [contract, handlers] of Object.entries(definition.handlers)) {
      for (const [name, handler] of Object.entries(handlers) as [string, Handler<never>][]) {
        const key = `${contract}.${name}`;
        this.#handlers.set(key, [...(this.#handlers.get(key) ?? []), handler]);
      }
    }
  }

  get rows(): readonly Entity[] {
    return this.#definitions.flatMap((definition) => definition.rows);
  }

  /** Hands an event to every noun that has a handler for it, one after another. */
  async dispatch(event: ChainEvent, ledger: Ledger): Promise<void> {
    for (const handler of this.#handlers.get(`${event.contract}.${event.name}`) ?? []) {
      await handler(event as ChainEvent<never>, ledger);
    }
  }
}
