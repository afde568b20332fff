import { interfaces } from "./contracts.ts";
import { contractNames, type ContractName, type Deployment } from "./deployment.ts";
import { EventForm } from "./event-form.ts";
import { addressOf } from "./hex.ts";
import type { RawLog } from "./rpc.ts";

/** A log as the projection takes it. */
export interface DecodedLog {
  readonly contract: ContractName;
  /** EIP-55; of a currency, the token. */
  readonly address: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly form: EventForm;
}

interface Contract {
  readonly name: ContractName;
  readonly address: string;
  readonly forms: ReadonlyMap<string, EventForm>;
}

/** Of administration only what is scheduled is looked at: who holds which role is the chain's business. */
export const administrationEvents: ReadonlySet<string> = new Set([
  "OperationScheduled",
  "OperationExecuted",
  "OperationCanceled",
]);

/** By first topic. */
const formsOf = new Map(
  contractNames.map((name): [ContractName, ReadonlyMap<string, EventForm>] => {
    const abi = interfaces[name];
    const forms = new Map<string, EventForm>();
    abi.forEachEvent((fragment) => {
      if (name === "Administration" && !administrationEvents.has(fragment.name)) return;
      forms.set(fragment.topicHash, new EventForm(abi, fragment, name !== "DepositCurrency"));
    });
    return [name, forms];
  }),
);

/** Decodes logs by their first topic; the address says whose they are. */
export class LogDecoder {
  readonly #contracts = new Map<string, Contract>();

  constructor(deployment: Deployment) {
    for (const name of contractNames) this.#add(deployment.contracts[name], name);
  }

  /** The contracts whose logs count. */
  get addresses(): string[] {
    return [...this.#contracts.values()].map((contract) => contract.address);
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
    const contract =
      this.#contracts.get(log.address) ?? this.#contracts.get(log.address.toLowerCase());
    const form = contract?.forms.get(log.topics[0] ?? "");
    if (contract === undefined || form === undefined) return undefined;
    return {
      contract: contract.name,
      address: contract.address,
      name: form.name,
      args: form.read(log),
      form,
    };
  }

  #add(address: string, name: ContractName): void {
    this.#contracts.set(address.toLowerCase(), {
      name,
      address: addressOf(address) ?? address,
      forms: formsOf.get(name) ?? new Map(),
    });
  }
}
