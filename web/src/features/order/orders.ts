import { answerOf, api } from "../../api/client.ts";
import { pageSize, useResource, type Resource } from "../../api/resource.ts";
import type { Order, OrderStatus } from "../../api/shapes.ts";

/** In the order of an order's life. */
export const orderStatuses: OrderStatus[] = [
  "Issued",
  "Accepted",
  "Fulfilled",
  "Cancelled",
  "Lapsed",
];

export interface OrderQuery {
  number: string;
  status: OrderStatus | undefined;
  after: string;
}

/** The orders that a party may see, a page of them, the newest first. */
export function useOrders(
  party: string,
  { number, status, after }: OrderQuery,
): Resource<{ items: Order[]; next: string | null }> {
  const query = {
    limit: pageSize,
    sort: "newest" as const,
    ...(number === "" ? {} : { numberPrefix: number }),
    ...(status === undefined ? {} : { status }),
    ...(after === "" ? {} : { after }),
  };
  return useResource(`orders ${party} ${JSON.stringify(query)}`, (signal) =>
    answerOf(api.GET("/api/v1/orders", { params: { query }, signal })),
  );
}
