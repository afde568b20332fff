import type { EventFragment } from "ethers";
import { interfaces } from "./contracts.ts";
import { contractNames, type ContractName, type Deployment } from "./deployment.ts";
import { addressOf } from "./hex.ts";
import { plain } from "./plain.ts";
import type { RawLog } from "./rpc.ts";

/** A log as the projection takes it. */
export interface DecodedLog {
  readonly contract: ContractName;
  /** EIP-55; of a currency, the token. */
  readonly address: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fragment: EventFragment;
}

/** Decodes logs by their first topic; the address says whose they are. */
export class LogDecoder {
  readonly #contracts = new Map<string, { name: ContractName; address: string }>();
  readonly #fragments = new Map<string, EventFragment>();

  constructor(deployment: Deployment) {
    for (const name of contractNames) this.#add(deployment.contracts[name], name);
    for (const name of contractNames) {
      interfaces[name].forEachEvent((fragment) => {
        this.#fragments.set(`${name}${fragment.topicHash}`, fragment);
      });
    }
  }

  /** The contracts whose logs count; administration's own are nobody's business here. */
  get addresses(): string[] {
    return [...this.#contracts.values()]
      .filter((contract) => contract.name !== "Administration")
      .map((contract) => contract.address);
  }

  knows(address: string): boolean {
    return this.#contracts.has(address.toLowerCase());
  }

  /** Another ERC-20 currency, whose logs mean what the deposit currency's mean. */
  addCurrency(token: string): void {
    this.#add(token, "DepositCurrency");
  }

  /** Undefined for a log that no ABI of ours knows. */
  decode(log: RawLog): DecodedLog | undefined {
    const contract = this.#contracts.get(log.address.toLowerCase());
    if (contract === undefined) return undefined;
    const fragment = this.#fragments.get(`${contract.name}${log.topics[0] ?? ""}`);
    if (fragment === undefined) return undefined;
    const values = interfaces[contract.name].decodeEventLog(fragment, log.data, log.topics);
    return {
      contract: contract.name,
      address: contract.address,
      name: fragment.name,
      args: plain(values, fragment.inputs) as Record<string, unknown>,
      fragment,
    };
  }

  #add(address: string, name: ContractName): void {
    this.#contracts.set(address.toLowerCase(), { name, address: addressOf(address) ?? address });
  }
}
