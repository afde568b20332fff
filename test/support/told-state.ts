import type { BaseContract, LogDescription } from "ethers";
import { ethers } from "./chain.ts";
import type { Contracts } from "../../scripts/deploy/contracts.ts";

type Fields = Record<string, unknown>;

/** What the events alone tell of every noun, by its id: the last that was said of each field. */
export class ToldState {
  readonly parties = new Map<string, Fields>();
  readonly proposals = new Map<string, Fields>();
  readonly currencies = new Map<unknown, unknown>();
  readonly orders = new Map<bigint, Fields>();
  readonly deliveries = new Map<string, Fields>();
  readonly receipts = new Map<bigint, Fields>();
  readonly receivables = new Map<bigint, Fields>();
  readonly loans = new Map<bigint, Fields>();
  readonly writtenOff = new Set<bigint>();
  readonly facilities = new Map<bigint, Fields>();
  readonly capacities = new Map<string, Fields>();
  /** By root. */
  readonly anchors = new Map<string, Fields>();
  /** Used, or taken back by its party: contract, party and nonce. */
  readonly nonces = new Set<string>();
  /** Who holds which claim. */
  readonly holders = new Map<bigint, string>();
  isPaused = false;
  isRetired = false;

  static async of(contracts: Contracts): Promise<ToldState> {
    const told = new ToldState();
    const { deposits, ...others } = contracts;
    const money = await deposits.getAddress();
    for (const log of await ethers.provider.getLogs({ fromBlock: 0 })) {
      if (log.address === money) continue;
      for (const [place, contract] of Object.entries(others) as [string, BaseContract][])
        if ((await contract.getAddress()) === log.address) {
          const event = contract.interface.parseLog(log);
          if (event !== null) told.hear(event, place);
        }
    }
    return told;
  }

  private hear(event: LogDescription, place: string): void {
    const said: Fields = { ...event.args.toObject(), place };
    const terms = (said["terms"] as { toObject(): Fields } | undefined)?.toObject() ?? {};
    this.hearOfParties(event.name, said);
    this.hearOfOrders(event.name, said, terms);
    this.hearOfGoods(event.name, said, terms);
    this.hearOfMoney(event.name, said, terms);
    if (event.name === "Anchored") this.anchors.set(said["root"] as string, said);
  }

  private hearOfParties(name: string, said: Fields): void {
    const party = said["party"] as string;
    switch (name) {
      case "PartyAdmitted":
        note(this.parties, party, { ...said, key: party, suspended: false, payoutAccount: party });
        break;
      case "PartyRolesChanged":
      case "PartyStandingChanged":
        note(this.parties, party, said);
        break;
      case "PayoutAccountChanged":
        note(this.parties, party, { payoutAccount: said["account"] });
        break;
      case "KeyProposed":
        this.proposals.set(party, { key: said["key"], from: said["from"] });
        break;
      case "KeyVetoed":
        this.proposals.delete(party);
        break;
      case "KeyReplaced":
        this.proposals.delete(party);
        note(this.parties, party, { key: said["key"] });
        break;
      case "NonceRevoked":
      case "StatementTaken":
        this.nonces.add([said["place"], party, said["nonce"]].join("/"));
        break;
      case "OriginationPaused":
        this.isPaused = said["paused"] as boolean;
        break;
      case "DeploymentRetired":
        this.isRetired = true;
        break;
      case "CurrencyApproved":
        this.currencies.set(said["token"], said["number"]);
    }
  }

  private hearOfOrders(name: string, said: Fields, terms: Fields): void {
    const { order, number } = said as Record<string, bigint>;
    const currency = this.currencies.get(terms["currency"]);
    const delivery = `${order}/${number}`;
    switch (name) {
      case "OrderIssued":
        note(this.orders, order!, { ...terms, currency, buyer: said["buyer"], ...issued });
        break;
      case "OrderAccepted":
        note(this.orders, order!, { status: 2n });
        break;
      case "OrderCancelled":
        if (this.orders.get(order!)?.["status"] === 1n) this.orders.delete(order!);
        else note(this.orders, order!, { status: 4n, quantity: said["quantity"] });
        break;
      case "OrderLapsed":
        note(this.orders, order!, { status: 5n, quantity: said["quantity"] });
        break;
      case "OrderRecord":
        note(this.orders, order!, said);
        break;
      case "Despatched": {
        const receipt = BigInt.asUintN(160, said["receipt"] as bigint);
        note(this.deliveries, delivery, { ...said, receipt, status: 1n });
        break;
      }
      case "Recalled":
        note(this.deliveries, delivery, { status: 2n });
        break;
      case "DeliveryAccepted":
        note(this.deliveries, delivery, { status: 3n, quantity: said["rejected"] });
        break;
      case "DeliveryReturned": {
        const rest = this.deliveries.get(delivery)!["quantity"] as bigint;
        note(this.deliveries, delivery, { quantity: rest - (said["quantity"] as bigint) });
      }
    }
  }

  private hearOfGoods(name: string, said: Fields, terms: Fields): void {
    const { receipt, order, child, parent } = said as Record<string, bigint>;
    const { warehouse } = said;
    switch (name) {
      case "Transfer":
        this.holders.set(said["tokenId"] as bigint, said["to"] as string);
        break;
      case "ReceiptIssued":
        note(this.receipts, receipt!, {
          ...terms,
          holder: said["depositor"],
          warehouse,
          weighed: terms["quantity"],
          lost: 0n,
          openDeliveries: 0n,
          root: terms["order"],
        });
        break;
      case "Earmarked":
        note(this.receipts, receipt!, { root: order });
        break;
      case "Unearmarked":
        note(this.receipts, receipt!, { root: 0n });
        break;
      case "Endorsed":
        note(this.receipts, receipt!, { holder: said["to"] });
        break;
      case "ReceiptSplit":
        note(this.receipts, child!, this.receipts.get(parent!)!);
        break;
      case "ReceiptRecord":
        note(this.receipts, receipt!, said);
        break;
      case "CapacitySet":
        note(this.capacities, String(warehouse), said);
        break;
      case "CapacityUsed":
        note(this.capacities, String(this.receipts.get(receipt!)!["warehouse"]), said);
    }
  }

  private hearOfMoney(name: string, said: Fields, terms: Fields): void {
    const { receivable, root, facility } = said as Record<string, bigint>;
    switch (name) {
      case "ReceivableConfirmed":
        note(this.receivables, receivable!, { ...said, outstanding: said["amount"], ...confirmed });
        break;
      case "ReceivableAssigned":
        note(this.receivables, receivable!, { holder: said["to"], assigned: true });
        break;
      case "ReceivableRecord":
        note(this.receivables, receivable!, said);
        break;
      case "LoanRecord":
        note(this.loans, root!, said);
        break;
      case "LoanWrittenOff":
        this.writtenOff.add(root!);
        break;
      case "LienReleased":
        this.writtenOff.delete(root!);
        break;
      case "FacilityOpened": {
        const currency = this.currencies.get(terms["currency"]);
        note(this.facilities, facility!, { ...terms, currency, lender: said["lender"], ...opened });
        break;
      }
      case "LimitLowered":
      case "FacilityStatusChanged":
      case "PayeeChanged":
      case "DepositaryChanged":
      case "DefaultsChanged":
        note(this.facilities, facility!, said);
        break;
      case "DrawnDown":
      case "Repaid":
      case "LoanSettled":
        note(this.facilities, facility!, { drawn: said["drawn"] });
    }
  }
}

const issued: Fields = {
  status: 1n,
  accepted: 0n,
  pending: 0n,
  stored: 0n,
  owed: 0n,
  overdueCount: 0n,
  deliveries: 0n,
};
const confirmed: Fields = { contested: 0n, contestDay: 0n, overdue: false, assigned: false };
const opened: Fields = { status: 1n, drawn: 0n, defaults: 0n };

function note<Key>(records: Map<Key, Fields>, id: Key, said: Fields): void {
  records.set(id, { ...records.get(id), ...said });
}
