import type { Interface, ParamType, Result } from "ethers";
import type {
  Administration,
  Currencies,
  Deliveries,
  DepositCurrency,
  Facilities,
  Liens,
  Parties,
  Provenance,
  PurchaseOrders,
  Quotes,
  Receivables,
  WarehouseReceipts,
} from "../../../typechain-types/index.ts";
import {
  Administration__factory,
  Currencies__factory,
  Deliveries__factory,
  DepositCurrency__factory,
  Facilities__factory,
  Liens__factory,
  Parties__factory,
  Provenance__factory,
  PurchaseOrders__factory,
  Quotes__factory,
  Receivables__factory,
  WarehouseReceipts__factory,
} from "../../../typechain-types/index.ts";
import type { TypedContractEvent } from "../../../typechain-types/common.ts";
import type { ContractName, Deployment } from "./deployment.ts";
import { plain } from "./plain.ts";

interface Bindings {
  Administration: Administration;
  Parties: Parties;
  Currencies: Currencies;
  PurchaseOrders: PurchaseOrders;
  Deliveries: Deliveries;
  WarehouseReceipts: WarehouseReceipts;
  Receivables: Receivables;
  Liens: Liens;
  Facilities: Facilities;
  Quotes: Quotes;
  DepositCurrency: DepositCurrency;
  Provenance: Provenance;
}

export const interfaces: Readonly<Record<ContractName, Interface>> = {
  Administration: Administration__factory.createInterface(),
  Parties: Parties__factory.createInterface(),
  Currencies: Currencies__factory.createInterface(),
  PurchaseOrders: PurchaseOrders__factory.createInterface(),
  Deliveries: Deliveries__factory.createInterface(),
  WarehouseReceipts: WarehouseReceipts__factory.createInterface(),
  Receivables: Receivables__factory.createInterface(),
  Liens: Liens__factory.createInterface(),
  Facilities: Facilities__factory.createInterface(),
  Quotes: Quotes__factory.createInterface(),
  DepositCurrency: DepositCurrency__factory.createInterface(),
  Provenance: Provenance__factory.createInterface(),
};

interface Method {
  getFragment(...args: never[]): unknown;
  readonly fragment: unknown;
}

/** Functions of a contract, by name. */
export type MethodName<C extends ContractName> = {
  [M in keyof Bindings[C]]: Bindings[C][M] extends Method ? M : never;
}[keyof Bindings[C]] &
  string;

/** What a function takes: structs are objects, integers bigint or number. */
export type MethodArgs<C extends ContractName, M extends MethodName<C>> = Bindings[C][M] extends {
  staticCallResult(...args: infer Args): unknown;
}
  ? WithoutOverrides<Args>
  : never;

// The generated type is `[...inputs] | [...inputs, overrides]`.
type WithoutOverrides<Args> = Args extends readonly [...infer Inputs, infer Last]
  ? Last extends { readonly blockTag?: unknown; readonly from?: unknown }
    ? "from" extends keyof Last
      ? Inputs
      : Args
    : Args
  : Args;

/** What a view answers. */
export type MethodResult<C extends ContractName, M extends MethodName<C>> = Bindings[C][M] extends {
  staticCall(...args: infer _Args): Promise<infer Answer>;
}
  ? Plain<Answer>
  : never;

/** Events of a contract, by name. */
export type EventName<C extends ContractName> = Exclude<
  keyof Bindings[C]["filters"],
  `${string}(${string}`
> &
  string;

/** What an event carries: integers bigint, structs objects, bytes and addresses text. */
export type EventArgs<C extends ContractName, E extends EventName<C>> = ObjectOf<
  Bindings[C]["filters"][E & keyof Bindings[C]["filters"]]
>;

type ObjectOf<Filter> = Filter extends TypedEvent<infer Args> ? Plain<Args> : never;
type TypedEvent<Args> = TypedContractEvent<never, never, Args>;

/** Ethers' results are tuples and objects at once; here they are objects. */
type Plain<T> = T extends readonly (infer Item)[]
  ? string extends Exclude<keyof T, keyof unknown[] | `${number}`>
    ? Plain<Item>[]
    : [Exclude<keyof T, keyof unknown[] | `${number}`>] extends [never]
      ? Plain<Item>[]
      : { [K in Exclude<keyof T, keyof unknown[] | `${number}`>]: Plain<T[K]> }
  : T extends object
    ? { [K in keyof T]: Plain<T[K]> }
    : T;

/** A call that changes state, ready to be simulated, signed and sent. */
export interface Act {
  readonly contract: ContractName;
  readonly method: string;
  /** By parameter name; integers as decimal text. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly to: string;
  readonly data: string;
  /** Names that errors of others have here: the currency's `ERC20InsufficientBalance` is somebody's missing funds. */
  readonly renames?: Readonly<Record<string, string>>;
}

/** The contracts of one deployment: what can be called, by name and type. */
export class Contracts {
  constructor(readonly deployment: Deployment) {}

  /**
   * A typed act.
   * @param at the contract's address where it is not the deployment's: a currency
   */
  act<C extends ContractName, M extends MethodName<C>>(
    contract: C,
    method: M,
    args: MethodArgs<C, M>,
    options: { readonly at?: string; readonly renames?: Readonly<Record<string, string>> } = {},
  ): Act {
    const abi = interfaces[contract];
    const fragment = abi.getFunction(method);
    if (fragment === null) throw new Error(`${contract} has no function ${method}.`);
    const data = abi.encodeFunctionData(fragment, args as readonly unknown[]);
    return {
      contract,
      method,
      args: readable(abi.decodeFunctionData(fragment, data), fragment.inputs),
      to: options.at ?? this.deployment.contracts[contract],
      data,
      ...(options.renames && { renames: options.renames }),
    };
  }
}

function readable(values: Result, inputs: readonly ParamType[]): Record<string, unknown> {
  return plain(values, inputs) as Record<string, unknown>;
}
