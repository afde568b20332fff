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
      return facilities.drawDown.populateTransaction(facility, order, act.amount, revision);
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
    case "earmark":
      return receipts.earmark.populateTransaction(await receipt(act.receipt), root(act.order));
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
    case "accept":
      return deliveries.accept.populateTransaction(root(act.order), act.delivery, act.quantity);
    case "recall":
      return deliveries.recall.populateTransaction(root(act.order), act.delivery);
    case "deemAccepted":
      return deliveries.deemAccepted.populateTransaction(root(act.order), act.delivery);
    case "collect": {
      const claim = await receivables.receivableId(root(act.order), act.delivery);
      return receivables.collect.populateTransaction(claim);
    }
    case "pay": {
      const claim = await receivables.receivableId(root(act.order), act.delivery);
      const { outstanding } = await receivables.receivableById(claim);
      return receivables.pay.populateTransaction(claim, act.amount, outstanding);
    }
    case "contest": {
      const claim = await receivables.receivableId(root(act.order), act.delivery);
      return receivables.contest.populateTransaction(claim, act.amount);
    }
    case "rule": {
      const { id, terms } = orderOf(scene, act.order);
      const claim = await receivables.receivableId(id, act.delivery);
      return receivables.rule.populateTransaction(claim, act.upheld, terms);
    }
  }
}

async function issueReceipt(
  stage: Stage,
  scene: Scene,
  act: ActOf<"issueReceipt">,
): Promise<StagedCall> {
  const { receipts } = stage.contracts;
  const call = await receipts.issue.populateTransaction({
    ticket: bytes32(act.receipt),
    depositor: stage.accounts.cooperative,
    item,
    unit: unitOf(storedUnit(scene.story, act)),
    lot,
    quantity: act.quantity,
    lossAllowanceBps: 0,
    termsRoot: bytes32(act.receipt),
    order: act.returned === null ? 0n : orderOf(scene, act.returned.order).id,
    delivery: act.returned?.delivery ?? 0,
  });
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
