import { day } from "./chain.ts";
import { acceptedOrder, deliver, makeOrder, store } from "./scenes.ts";
import type { Sheaf } from "./sheaf.ts";
import type { StatementKind, Words } from "./signing.ts";
import { orderTerms, text } from "./terms.ts";
import type { OrderTermsStruct } from "../../typechain-types/order/IPurchaseOrders.ts";

/** A statement of the cooperative that is good now, and another one with the same nonce that would be good after it. */
export interface Ready extends Sheaf {
  readonly first: Words;
  readonly second: Words;
  /** Hands the words in, as the party that they are for. */
  readonly handIn: (words: Words, signature: string) => Promise<unknown>;
}

export const nonce = 7n;
export const deadline = BigInt(day(50));
const shared = { nonce, deadline } as const;

async function acceptances(): Promise<Ready> {
  const scene = await acceptedOrder();
  const { buyer, contracts } = scene;
  const orders = new Map<unknown, OrderTermsStruct>();
  const words = async (number: string): Promise<Words> => {
    const terms = orderTerms(scene, { number: text(number) });
    const termsHash = await contracts.orders.hashTerms(buyer.address, terms);
    orders.set(termsHash, terms);
    return { termsHash, ...shared };
  };
  return {
    ...scene,
    first: await words("PO-FIRST"),
    second: await words("PO-SECOND"),
    handIn: ({ termsHash, nonce: use, deadline: until }, signature) =>
      buyer.orders.issueAccepted(orders.get(termsHash)!, use!, until!, signature),
  };
}

async function releases(): Promise<Ready> {
  const scene = await acceptedOrder();
  const receipt = await store(scene, scene.order);
  const words = { order: scene.order, receipt, quantity: 1_000_000n, ...shared };
  return {
    ...scene,
    first: { ...words, number: 1n },
    second: { ...words, number: 2n },
    handIn: ({ order, number, receipt: from, quantity, nonce: use, deadline: until }, signature) =>
      scene.buyer.deliveries.despatchAndAccept(
        order!,
        number!,
        from!,
        quantity!,
        use!,
        until!,
        signature,
      ),
  };
}

async function assignments(): Promise<Ready> {
  const scene = await acceptedOrder();
  const order = await makeOrder(scene, { number: text("PO-SOLD") });
  await deliver(scene, order, 1n, 1_000_000n);
  await deliver(scene, order, 2n, 2_000_000n);
  const words = { order, assignee: scene.lender.address, ...shared };
  return {
    ...scene,
    first: { ...words, delivery: 1n, price: 6_400_00n, outstanding: 6_500_00n },
    second: { ...words, delivery: 2n, price: 12_800_00n, outstanding: 13_000_00n },
    handIn: (said, signature) =>
      scene.lender.receivables.assign(
        {
          order: said["order"]!,
          delivery: said["delivery"]!,
          assignee: String(said["assignee"]),
          price: said["price"]!,
          outstanding: said["outstanding"]!,
          nonce: said["nonce"]!,
          deadline: said["deadline"]!,
        },
        signature,
      ),
  };
}

export const readyScenes: Readonly<Record<StatementKind, () => Promise<Ready>>> = {
  Acceptance: acceptances,
  Release: releases,
  Assignment: assignments,
};
