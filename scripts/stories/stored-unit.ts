import type { ActOf, Story } from "./story.ts";

/** A story does not say what is in store: it is what its orders are for. */
export function storedUnit({ orders }: Story, { returned }: ActOf<"issueReceipt">): string {
  const order = returned === null ? undefined : orders.get(returned.order);
  const [first] = orders.values();
  return (order ?? first)?.unit ?? "KGM";
}
