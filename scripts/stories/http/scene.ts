import { id as hashOf } from "ethers";
import type { Id } from "../../api/resources.ts";
import { dateOf } from "../../../backend/src/math/calendar.ts";
import { timeText } from "../../api/civil-time.ts";
import type { FacilityStory, OrderStory, Story } from "../story.ts";
import type { Stage } from "./stage.ts";

/** The one kind of goods, and the one lot, that all stories are about. */
export const itemCode = "STORY-GOODS";
export const lot = "STORY-LOT";

/** What a story's own names stand for in the API. */
export interface Scene {
  readonly story: Story;
  readonly facilities: ReadonlyMap<string, Id>;
  readonly orders: ReadonlyMap<string, Id>;
  /** Grows as receipts are issued and split. */
  readonly receipts: Map<string, Id>;
}

/** Plays what comes before a story's first step: cash, facilities, and orders with two keys each. */
export async function playPrologue(stage: Stage, story: Story): Promise<Scene> {
  for (const [party, amount] of story.cash) {
    if (amount > 0n) await stage.operator.mint(stage.players[party].id, amount);
  }
  const facilities = new Map<string, Id>();
  for (const [name, facility] of story.facilities) {
    await moveTo(stage, story.issuedAt);
    facilities.set(name, await openFacility(stage, name, facility));
  }
  const orders = new Map<string, Id>();
  for (const [name, order] of story.orders) {
    await moveTo(stage, story.issuedAt);
    const id = await issueOrder(stage, name, order);
    await moveTo(stage, story.issuedAt);
    await stage.players.cooperative.actor.acceptOrder(id);
    orders.set(name, id);
  }
  return { story, facilities, orders, receipts: new Map() };
}

/** Has the next block at `time`, in seconds, and at no other. */
export function moveTo(stage: Stage, time: bigint): Promise<void> {
  return stage.operator.moveCalendar(timeText(time));
}

/** An id that nothing has: it stands for what a story names and has not made. */
export function idOfNothing(name: string): Id {
  return hashOf(name) as Id;
}

async function openFacility(stage: Stage, name: string, facility: FacilityStory): Promise<Id> {
  const { lender, expiresDay, ...offer } = facility;
  const { cooperative, buyer, [lender]: opener } = stage.players;
  const { id } = await opener.actor.openFacility({
    ...offer,
    number: name,
    borrower: cooperative.id,
    buyer: buyer.id,
    expires: dateOf(expiresDay),
  });
  return id;
}

async function issueOrder(stage: Stage, name: string, order: OrderStory): Promise<Id> {
  const { buyer, cooperative, arbiter } = stage.players;
  const { id } = await buyer.actor.issueOrder({
    ...order,
    number: name,
    line: 1,
    seller: cooperative.id,
    arbiter: arbiter.id,
    itemCode,
    deliverBy: timeText(order.deliverBy),
  });
  return id;
}
