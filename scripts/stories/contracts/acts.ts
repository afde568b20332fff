import { ZeroAddress, ZeroHash } from "ethers";
import { bytes32, item, lot, type Scene, type StoryOrder, unitOf } from "./scene.ts";
import type { Contracts } from "../../deploy/contracts.ts";
import type { Stage } from "./stage.ts";
import type { Call } from "./local-chain.ts";
import { storedUnit } from "../stored-unit.ts";
import type { Act, ActOf } from "../story.ts";

/** A call, and the receipt that it makes if it succeeds. */
export interface StagedCall {
  call: Call;
  makes?: { receipt: string; id: bigint };
}

/** The call that an act of a story is, with the revision or the amount that is the right one now. */
export async function stageAct(stage: Stage, scene: Scene, act: Act): Promise<StagedCall> {
  switch (act.do) {
    case "issueReceipt":
      return issueReceipt(stage, scene, act);
    case "split":
      return split(stage, scene, act);
    default:
      return { call: await callOf(stage, scene, act) };
  }
}

type PlainAct = Exclude<Act, { do: "issueReceipt" | "split" }>;

async function callOf(stage: Stage, scene: Scene, act: PlainAct): Promise<Call> {
  const { contracts } = stage;
  const { deliveries, facilities, orders, receipts, receivables } = contracts;
  const receipt = (name: string) => receiptId(stage, scene, name);
  const root = (name: string) => orderOf(scene, name).id;
  switch (act.do) {
    case "drawDown": {
      const order = root(act.order);
      const revision = await revisionOf(contracts, order);
      const facility = facilityOf(scene, act.facility);
      return facilities.drawDown.populateTransaction(
        facility,
        order,
        act.amount,
        revision,
        ZeroAddress,
      );
    }
    case "suspendFacility":
      return facilities.suspend.populateTransaction(facilityOf(scene, act.facility));
    case "repay": {
      const order = root(act.order);
      const revision = await revisionOf(contracts, order);
      return facilities.repay.populateTransaction(order, act.amount, revision);
    }
    case "declareDefault":
      return facilities.declareDefault.populateTransaction(root(act.order));
    case "lapse":
      return orders.lapse.populateTransaction(root(act.order));
    case "earmark": {
      const [goods, order] = [await receipt(act.receipt), orderOf(scene, act.order)];
      const details = await detailsOf(stage, order);
      return receipts.earmark.populateTransaction(goods, order.id, details);
    }
    case "unearmark":
      return receipts.unearmark.populateTransaction(await receipt(act.receipt));
    case "merge": {
      const [from, into] = [await receipt(act.receipt), await receipt(act.into)];
      return receipts.merge.populateTransaction(from, into);
    }
    case "withdraw":
      return receipts.withdraw.populateTransaction(await receipt(act.receipt), act.quantity);
    case "shrink":
      return receipts.shrink.populateTransaction(await receipt(act.receipt), act.quantity);
    case "despatch": {
      const { delivery, quantity, arriveBy } = act;
      const from = act.receipt === null ? 0n : await receipt(act.receipt);
      const order = root(act.order);
      return deliveries.despatch.populateTransaction(order, delivery, from, quantity, arriveBy);
    }
    case "accept": {
      const [order, { delivery, quantity }] = [root(act.order), act];
      const goods = await originOf(contracts, scene, order, delivery);
      return deliveries.accept.populateTransaction(order, delivery, goods, quantity);
    }
    case "recall": {
      const order = root(act.order);
      const goods = await originOf(contracts, scene, order, act.delivery);
      return deliveries.recall.populateTransaction(order, act.delivery, goods);
    }
    case "deemAccepted": {
      const order = root(act.order);
      const goods = await originOf(contracts, scene, order, act.delivery);
      return deliveries.deemAccepted.populateTransaction(order, act.delivery, goods);
    }
    case "collect":
      return receivables.collect.populateTransaction(root(act.order), act.delivery);
    case "pay": {
      const [order, { delivery, amount }] = [root(act.order), act];
      const { outstanding } = await receivables.receivableOf(order, delivery);
      return receivables.pay.populateTransaction(order, delivery, amount, outstanding);
    }
    case "contest":
      return receivables.contest.populateTransaction(root(act.order), act.delivery, act.amount);
    case "rule": {
      const { id, terms } = orderOf(scene, act.order);
      return receivables.rule.populateTransaction(id, act.delivery, act.upheld, terms);
    }
  }
}

async function issueReceipt(
  stage: Stage,
  scene: Scene,
  act: ActOf<"issueReceipt">,
): Promise<StagedCall> {
  const { receipts } = stage.contracts;
  const order = act.returned === null ? null : orderOf(scene, act.returned.order);
  const terms = {
    ticket: bytes32(act.receipt),
    depositor: stage.accounts.cooperative,
    item,
    unit: unitOf(storedUnit(scene.story, act)),
    lot,
    quantity: act.quantity,
    lossAllowanceBps: 0,
    termsRoot: bytes32(act.receipt),
    order: order?.id ?? 0n,
    delivery: act.returned?.delivery ?? 0,
  };
  const details = order === null ? ZeroHash : await detailsOf(stage, order);
  const call = await receipts.issue.populateTransaction(terms, details);
  return { call, makes: { receipt: act.receipt, id: await ticketId(stage, act.receipt) } };
}

async function split(stage: Stage, scene: Scene, act: ActOf<"split">): Promise<StagedCall> {
  const { receipts } = stage.contracts;
  const parent = await receiptId(stage, scene, act.receipt);
  // Any number that this parent has not given yet; the story's receipts are few.
  const serial = scene.receipts.size + 1;
  const call = await receipts.split.populateTransaction(parent, act.quantity, serial);
  return { call, makes: { receipt: act.into, id: await receipts.childId(parent, serial) } };
}

async function revisionOf({ liens }: Contracts, root: bigint): Promise<bigint> {
  return (await liens.loanOf(root)).revision;
}

/** What has to be named with an order so that goods are known to be of its kind. */
function detailsOf({ accounts, contracts }: Stage, { terms }: StoryOrder): Promise<string> {
  return contracts.orders.hashDetails(accounts.buyer, terms);
}

/** The receipt that the goods of a delivery left, of which the delivery keeps the lower 160 bits; 0 for the field. */
async function originOf(
  { deliveries }: Contracts,
  scene: Scene,
  order: bigint,
  delivery: number,
): Promise<bigint> {
  const { receipt } = await deliveries.deliveryById(order, delivery);
  const origin = [...scene.receipts.values()].find((id) => BigInt.asUintN(160, id) === receipt);
  return origin ?? 0n;
}

function orderOf(scene: Scene, name: string): StoryOrder {
  const order = scene.orders.get(name);
  if (order === undefined) throw new Error(`the story has no order "${name}"`);
  return order;
}

function facilityOf(scene: Scene, name: string): bigint {
  const facility = scene.facilities.get(name);
  if (facility === undefined) throw new Error(`the story has no facility "${name}"`);
  return facility;
}

/** A name that is not taken stands for the receipt that its ticket would make. */
async function receiptId(stage: Stage, scene: Scene, name: string): Promise<bigint> {
  return scene.receipts.get(name) ?? (await ticketId(stage, name));
}

function ticketId({ accounts, contracts }: Stage, name: string): Promise<bigint> {
  return contracts.receipts.receiptId(accounts.warehouse, bytes32(name));
}
