import { Result, ZeroAddress } from "ethers";
import type { Entity } from "../../backend/src/database/entity.ts";
import { AnchorRow } from "../../backend/src/anchor/anchor.entity.ts";
import { FacilityRow, facilityStatuses } from "../../backend/src/facility/facility.entity.ts";
import { LoanRow } from "../../backend/src/lien/loan.entity.ts";
import { BalanceRow, CurrencyRow } from "../../backend/src/money/money.entity.ts";
import { DeliveryRow, deliveryStatuses } from "../../backend/src/order/delivery.entity.ts";
import { OrderRow } from "../../backend/src/order/order.entity.ts";
import { isOnRecord, orderStatus, orderStatuses } from "../../backend/src/order/order-status.ts";
import { OriginationRow, PartyRow } from "../../backend/src/party/party.entity.ts";
import { ReceivableRow } from "../../backend/src/receivable/receivable.entity.ts";
import { CapacityRow } from "../../backend/src/warehouse/capacity.entity.ts";
import { ReceiptRow } from "../../backend/src/warehouse/receipt.entity.ts";
import type { Contracts } from "../deploy/contracts.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A table of the read model, and where the contracts keep the same. */
export interface Noun {
  readonly name: string;
  readonly entity: Entity;
  /** The contracts' own key of a row. */
  keyOf(row: object): string;
  /** What the contracts have under that key. */
  read(row: object): Promise<Fields>;
  /** By the contracts' fields, what a row says in other words than they. */
  translate(row: object): Fields;
}

/**
 * Everything that is in the read model and on chain alike.
 * @param at the block that the contracts are asked at
 * @param numberOf a currency's number, by its token
 */
export function nounsOf(
  contracts: Contracts,
  at: { readonly blockTag: number },
  numberOf: (token: string) => number | undefined,
): Noun[] {
  const { currencies, deliveries, deposits, facilities, liens } = contracts;
  const { orders, parties, provenance, receipts, receivables } = contracts;
  return [
    noun(
      PartyRow,
      "party",
      ["id"],
      async (row) => {
        const { key, from } = fieldsOf(await parties.proposalFor(row.id, at));
        const party = fieldsOf(await parties.partyById(row.id, at));
        return { ...party, proposedKey: key, proposedFrom: from };
      },
      (row) => ({
        proposedKey: row.proposedKey ?? ZeroAddress,
        proposedFrom: row.proposedFrom ?? 0,
      }),
    ),
    noun(OriginationRow, "origination", ["id"], async () => ({
      paused: await parties.paused(at),
      retired: await parties.retired(at),
    })),
    noun(CurrencyRow, "currency", ["token"], async ({ token }) => ({
      number: await currencies.numberOf(token, at),
    })),
    noun(BalanceRow, "balance", ["account", "token"], async ({ account, token }) => ({
      amount: await (deposits.attach(token) as typeof deposits).balanceOf(account, at),
    })),
    noun(
      OrderRow,
      "order",
      ["id"],
      async (row) => {
        const order = await orders.orderById(row.id, at);
        if (!isOnRecord(row)) return { status: order.status };
        return { ...fieldsOf(order), termsHash: await orders.termsHashById(row.id, at) };
      },
      (row) => ({
        currency: numberOf(row.currency),
        status: isOnRecord(row) ? 1 + orderStatuses.indexOf(orderStatus(row)) : 0,
      }),
    ),
    noun(
      DeliveryRow,
      "delivery",
      ["order", "number"],
      (row) => deliveries.deliveryById(row.order, row.number, at),
      (row) => ({
        status: 1 + deliveryStatuses.indexOf(row.status),
        // Once it is answered, what may still come back.
        quantity: row.status === "Accepted" ? row.rejected - row.returned : row.quantity,
        receipt: BigInt.asUintN(160, numberBehind(row.receipt)),
      }),
    ),
    noun(
      ReceiptRow,
      "receipt",
      ["id"],
      (row) => receipts.receiptById(row.id, at),
      (row) => ({ root: numberBehind(row.order) }),
    ),
    noun(CapacityRow, "capacity", ["warehouse"], (row) => receipts.capacityOf(row.warehouse, at)),
    noun(
      ReceivableRow,
      "receivable",
      ["id"],
      (row) => receivables.receivableOf(row.order, row.delivery, at),
      (row) => ({ contestDay: row.contestDay ?? 0 }),
    ),
    noun(
      LoanRow,
      "loan",
      ["root"],
      async (row) => ({
        ...fieldsOf(await liens.loanOf(row.root, at)),
        writtenOff: await facilities.isWrittenOff(row.root, at),
      }),
      lienOf,
    ),
    noun(
      FacilityRow,
      "facility",
      ["id"],
      async (row) => ({
        ...fieldsOf(await facilities.facilityById(row.id, at)),
        approvedPayees: await everyOne(row.approvedPayees, (account) =>
          facilities.isApprovedPayee(row.id, account, at),
        ),
      }),
      (row) => ({
        approvedPayees: true,
        currency: numberOf(row.currency),
        status: 1 + facilityStatuses.indexOf(row.status),
        depositary: row.depositary ?? ZeroAddress,
      }),
    ),
    noun(AnchorRow, "anchor", ["root"], ({ root }) => provenance.anchorOf(root, at)),
  ];
}

function noun<Row extends object>(
  entity: Entity<Row>,
  name: string,
  keys: readonly (keyof Row)[],
  read: (row: Row) => Promise<object>,
  translate: (row: Row) => Fields = () => ({}),
): Noun {
  return {
    name,
    entity,
    keyOf: (row) => keys.map((key) => String((row as Row)[key])).join(" "),
    read: async (row) => fieldsOf(await read(row as Row)),
    translate: (row) => translate(row as Row),
  };
}

/** Of a loan that is repaid the read model remembers what the contracts clear. */
function lienOf(row: LoanRow): Fields {
  const { facility, maturityDay, sinceDay, defaultedDay, writtenOffAt } = row;
  return facility === null || row.releasedAt !== null
    ? { facility: 0, maturityDay: 0, sinceDay: 0, defaultedDay: 0, writtenOff: false }
    : {
        facility: BigInt(facility),
        maturityDay,
        sinceDay,
        defaultedDay: defaultedDay ?? 0,
        writtenOff: writtenOffAt !== null,
      };
}

async function everyOne<T>(
  items: readonly T[],
  holds: (item: T) => Promise<boolean>,
): Promise<boolean> {
  return (await Promise.all(items.map(holds))).every(Boolean);
}

function fieldsOf(record: object): Fields {
  return record instanceof Result ? record.toObject() : (record as Fields);
}

function numberBehind(id: string | null): bigint {
  return BigInt(id ?? 0);
}
