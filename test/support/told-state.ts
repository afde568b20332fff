import type { BaseContract, LogDescription } from "ethers";
import { ethers } from "./chain.ts";
import type { Contracts } from "../../scripts/deploy/contracts.ts";

type Fields = Record<string, unknown>;

/** What the events alone tell of every noun, by its id: the last that was said of each field. */
export class ToldState {
  readonly orders = new Map<bigint, Fields>();
  readonly deliveries = new Map<string, Fields>();
  readonly receipts = new Map<bigint, Fields>();
  readonly receivables = new Map<bigint, Fields>();
  readonly loans = new Map<bigint, Fields>();
  readonly facilities = new Map<bigint, Fields>();
  readonly capacities = new Map<string, Fields>();

  static async of(contracts: Contracts): Promise<ToldState> {
    const told = new ToldState();
    for (const log of await ethers.provider.getLogs({ fromBlock: 0 }))
      for (const contract of Object.values(contracts) as BaseContract[])
        if ((await contract.getAddress()) === log.address) {
          const event = contract.interface.parseLog(log);
          if (event !== null) told.hear(event);
        }
    return told;
  }

  private hear({ name, args }: LogDescription): void {
    const said = args.toObject() as Fields;
    const terms = (said["terms"] as { toObject(): Fields } | undefined)?.toObject() ?? {};
    const { order, number, receipt, receivable, root, facility, warehouse } = said as Record<
      string,
      bigint
    >;
    switch (name) {
      case "OrderIssued":
        note(this.orders, order!, { ...terms, buyer: said["buyer"], status: 1n, ...noCounters });
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
      case "Despatched":
        note(this.deliveries, `${order}/${number}`, { ...said, status: 1n, returnable: 0n });
        break;
      case "Recalled":
        note(this.deliveries, `${order}/${number}`, { status: 2n });
        break;
      case "DeliveryAccepted":
        note(this.deliveries, `${order}/${number}`, { status: 3n, returnable: said["rejected"] });
        break;
      case "DeliveryReturned": {
        const delivery = this.deliveries.get(`${order}/${number}`)!;
        delivery["returnable"] = (delivery["returnable"] as bigint) - (said["quantity"] as bigint);
        break;
      }
      case "ReceiptIssued":
        note(this.receipts, receipt!, { ...terms, holder: said["depositor"], warehouse });
        break;
      case "ReceiptSplit":
        note(this.receipts, said["child"] as bigint, this.receipts.get(said["parent"] as bigint)!);
        break;
      case "ReceiptRecord":
        note(this.receipts, receipt!, said);
        break;
      case "CapacitySet":
      case "CapacityUsed":
        note(this.capacities, String(warehouse), said);
        break;
      case "ReceivableConfirmed":
        note(this.receivables, receivable!, {
          ...said,
          root: order,
          outstanding: said["amount"],
          contested: 0n,
          contestDay: 0n,
          overdue: false,
        });
        break;
      case "ReceivableRecord":
        note(this.receivables, receivable!, said);
        break;
      case "LoanRecord":
        note(this.loans, root!, said);
        break;
      case "FacilityOpened":
        note(this.facilities, facility!, {
          ...terms,
          lender: said["lender"],
          status: 1n,
          drawn: 0n,
          defaults: 0n,
        });
        break;
      case "LimitLowered":
      case "FacilityStatusChanged":
      case "PayeeChanged":
      case "FacilityRecord":
        note(this.facilities, facility!, said);
    }
  }
}

const noCounters: Fields = {
  accepted: 0n,
  pending: 0n,
  stored: 0n,
  owed: 0n,
  overdueCount: 0n,
  deliveries: 0n,
};

function note<Key>(records: Map<Key, Fields>, id: Key, said: Fields): void {
  records.set(id, { ...records.get(id), ...said });
}
