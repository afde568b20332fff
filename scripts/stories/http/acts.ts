import type { Actor } from "../../api/actor.ts";
import type { Id } from "../../api/resources.ts";
import { timeText } from "../../api/civil-time.ts";
import { minorUnits } from "../../api/wire.ts";
import { storedUnit } from "../stored-unit.ts";
import type { Act, ActOf, PartyName } from "../story.ts";
import { idOfNothing, itemCode, lot, type Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

/** A receipt by the story's name for it. */
interface NamedReceipt {
  readonly name: string;
  readonly id: Id;
}

/** A command to the API, which answers with the receipt that it has made. */
export type Command = () => Promise<NamedReceipt | null>;

/**
 * Looks up what an act has to name, such as the revision that is the right one now.
 * @returns the act, still to be done
 */
export async function prepareAct(
  stage: Stage,
  scene: Scene,
  by: PartyName,
  act: Act,
): Promise<Command> {
  const { actor } = stage.players[by];
  if (act.do === "issueReceipt") return issueReceipt(stage, scene, actor, act);
  if (act.do === "split") return split(scene, actor, act);
  const command = await prepareOther(stage, scene, actor, act);
  return async () => {
    await command();
    return null;
  };
}

async function prepareOther(
  stage: Stage,
  scene: Scene,
  actor: Actor,
  act: Exclude<Act, { do: "issueReceipt" | "split" }>,
): Promise<() => Promise<unknown>> {
  switch (act.do) {
    case "drawDown": {
      const [facility, order] = [facilityId(scene, act.facility), orderId(scene, act.order)];
      const { revision } = await stage.players.cooperative.reader.loan(order);
      return () => actor.drawDown(facility, order, act.amount, revision);
    }
    case "suspendFacility":
      return () => actor.suspendFacility(facilityId(scene, act.facility));
    case "repay": {
      const order = orderId(scene, act.order);
      const { revision } = await stage.players.cooperative.reader.loan(order);
      return () => actor.repay(order, act.amount, revision);
    }
    case "declareDefault":
      return () => actor.declareDefault(orderId(scene, act.order));
    case "lapse":
      return () => actor.lapseOrder(orderId(scene, act.order));
    case "earmark":
      return () => actor.earmark(receiptId(scene, act.receipt), orderId(scene, act.order));
    case "unearmark":
      return () => actor.unearmark(receiptId(scene, act.receipt));
    case "merge":
      return () => actor.merge(receiptId(scene, act.receipt), receiptId(scene, act.into));
    case "withdraw":
      return () => actor.withdraw(receiptId(scene, act.receipt), act.quantity);
    case "shrink":
      return () => actor.shrink(receiptId(scene, act.receipt), act.quantity);
    case "despatch":
      return () =>
        actor.despatch(orderId(scene, act.order), {
          number: act.delivery,
          quantity: act.quantity,
          arrivesBy: timeText(act.arriveBy),
          ...(act.receipt === null ? {} : { receipt: receiptId(scene, act.receipt) }),
        });
    case "accept":
      return () => actor.acceptDelivery(orderId(scene, act.order), act.delivery, act.quantity);
    case "recall":
      return () => actor.recall(orderId(scene, act.order), act.delivery);
    case "deemAccepted":
      return () => actor.deemAccepted(orderId(scene, act.order), act.delivery);
    case "collect":
    case "pay":
    case "contest":
    case "rule":
      return prepareForReceivable(stage, scene, actor, act);
  }
}

async function prepareForReceivable(
  stage: Stage,
  scene: Scene,
  actor: Actor,
  act: ActOf<"collect" | "pay" | "contest" | "rule">,
): Promise<() => Promise<unknown>> {
  const order = orderId(scene, act.order);
  const { receivables } = await stage.players.buyer.reader.order(order);
  const receivable = receivables.find(({ delivery }) => delivery === act.delivery);
  const id = receivable?.id ?? idOfNothing(`receivable ${act.order} ${String(act.delivery)}`);
  switch (act.do) {
    case "collect":
      return () => actor.collect(id);
    case "pay":
      return () => actor.pay(id, act.amount, minorUnits(receivable?.outstanding ?? "0"));
    case "contest":
      return () => actor.contest(id, act.amount);
    case "rule":
      return () => actor.rule(id, act.upheld);
  }
}

function issueReceipt(
  stage: Stage,
  scene: Scene,
  actor: Actor,
  act: ActOf<"issueReceipt">,
): Command {
  const { returned } = act;
  return async () => {
    const { id } = await actor.issueReceipt({
      ticket: act.receipt,
      depositor: stage.players.cooperative.id,
      itemCode,
      unit: storedUnit(scene.story, act),
      lot,
      quantity: act.quantity,
      lossAllowanceBps: 0,
      ...(returned === null
        ? {}
        : { returned: { order: orderId(scene, returned.order), delivery: returned.delivery } }),
    });
    return { name: act.receipt, id };
  };
}

function split(scene: Scene, actor: Actor, act: ActOf<"split">): Command {
  // Any number that this parent has not given yet; the story's receipts are few.
  const serial = scene.receipts.size + 1;
  return async () => {
    const { child } = await actor.split(receiptId(scene, act.receipt), act.quantity, serial);
    return { name: act.into, id: child.id };
  };
}

function orderId(scene: Scene, name: string): Id {
  return scene.orders.get(name) ?? idOfNothing(`order ${name}`);
}

function facilityId(scene: Scene, name: string): Id {
  return scene.facilities.get(name) ?? idOfNothing(`facility ${name}`);
}

function receiptId(scene: Scene, name: string): Id {
  return scene.receipts.get(name) ?? idOfNothing(`receipt ${name}`);
}
