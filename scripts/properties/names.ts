import { Interface, type InterfaceAbi, type Result } from "ethers";
import {
  Administration__factory,
  Currencies__factory,
  Deliveries__factory,
  DepositCurrency__factory,
  Facilities__factory,
  Liens__factory,
  Parties__factory,
  PurchaseOrders__factory,
  Receivables__factory,
  WarehouseReceipts__factory,
} from "../../typechain-types/index.ts";

/** How the campaign's selectors, addresses and ids are called. */
export class Names {
  readonly #contracts: ReadonlyMap<string, Interface>;
  readonly #addresses = new Map<string, string>();

  constructor(hostileCurrency: readonly unknown[]) {
    this.#contracts = new Map(
      Object.entries({
        Administration: Administration__factory.createInterface(),
        Currencies: Currencies__factory.createInterface(),
        Deliveries: Deliveries__factory.createInterface(),
        DepositCurrency: DepositCurrency__factory.createInterface(),
        Facilities: Facilities__factory.createInterface(),
        HostileCurrency: Interface.from(hostileCurrency as InterfaceAbi),
        Liens: Liens__factory.createInterface(),
        Parties: Parties__factory.createInterface(),
        PurchaseOrders: PurchaseOrders__factory.createInterface(),
        Receivables: Receivables__factory.createInterface(),
        WarehouseReceipts: WarehouseReceipts__factory.createInterface(),
      }),
    );
  }

  learn(address: string, name: string): void {
    this.#addresses.set(address.toLowerCase(), name);
  }

  function(contract: string, selector: string): string {
    return `${contract}.${this.#contracts.get(contract)?.getFunction(selector)?.name ?? selector}`;
  }

  error(selector: string): string {
    if (selector === "0x4e487b71") return "Panic";
    for (const contract of this.#contracts.values()) {
      const error = contract.getError(selector);
      if (error !== null) return error.name;
    }
    return selector;
  }

  /** A text in which functions are written as `Contract.0x…` and errors as `0x…`. */
  inText(text: string): string {
    return text
      .replace(/(\w+)\.(0x[0-9a-f]{8})\b/g, (_, contract: string, selector: string) =>
        this.function(contract, selector),
      )
      .replace(/\b0x[0-9a-f]{8}\b/g, (selector) => this.error(selector));
  }

  call(contract: string, data: string): string {
    const parsed = this.#contracts.get(contract)?.parseTransaction({ data });
    if (!parsed) return `${contract}.${data}`;
    return `${contract}.${parsed.name}(${this.#values(parsed.args)})`;
  }

  #values(values: Result): string {
    return [...values].map((value) => this.#value(value)).join(", ");
  }

  #value(value: unknown): string {
    if (Array.isArray(value)) return `(${this.#values(value as Result)})`;
    if (typeof value === "bigint") {
      // Ids are hashes, and their beginning tells them apart.
      return value > 2n ** 128n
        ? `#${value.toString(16).padStart(64, "0").slice(0, 6)}`
        : `${value}`;
    }
    const text = String(value);
    if (!text.startsWith("0x")) return text;
    const name = this.#addresses.get(text.toLowerCase());
    if (name !== undefined) return name;
    const bytes = text.slice(2).replace(/(00)+$/, "");
    return /^([2-7][0-9a-f])+$/.test(bytes)
      ? Buffer.from(bytes, "hex").toString()
      : `0x${bytes || "0"}`;
  }
}
