import type { ContractRunner } from "ethers";
import type { Deployment } from "../../backend/src/chain/deployment.ts";
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
} from "../../typechain-types/index.ts";

/** The contracts of a deployment, by the plural of their noun. */
export type Contracts = ReturnType<typeof connectContracts>;

/** @param runner sends the calls; the contracts can only be read where it is no signer */
export function connectContracts(
  { contracts }: Pick<Deployment, "contracts">,
  runner: ContractRunner,
) {
  return {
    administration: Administration__factory.connect(contracts.Administration, runner),
    parties: Parties__factory.connect(contracts.Parties, runner),
    currencies: Currencies__factory.connect(contracts.Currencies, runner),
    orders: PurchaseOrders__factory.connect(contracts.PurchaseOrders, runner),
    deliveries: Deliveries__factory.connect(contracts.Deliveries, runner),
    receipts: WarehouseReceipts__factory.connect(contracts.WarehouseReceipts, runner),
    receivables: Receivables__factory.connect(contracts.Receivables, runner),
    liens: Liens__factory.connect(contracts.Liens, runner),
    facilities: Facilities__factory.connect(contracts.Facilities, runner),
    quotes: Quotes__factory.connect(contracts.Quotes, runner),
    deposits: DepositCurrency__factory.connect(contracts.DepositCurrency, runner),
    provenance: Provenance__factory.connect(contracts.Provenance, runner),
  };
}
