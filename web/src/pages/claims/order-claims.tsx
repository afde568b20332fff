import { useCallback, type ReactNode } from "react";
import { operator } from "../../api/session.ts";
import type { Lien, Order } from "../../api/shapes.ts";
import { useLoans } from "../../features/facility/loans.ts";
import { Owed } from "../../features/facility/owed.tsx";
import { LienBadge } from "../../features/lien/lien-badge.tsx";
import { useLiens } from "../../features/lien/liens.ts";
import { OrderFilter } from "../../features/order/order-filter.tsx";
import { OrderList } from "../../features/order/order-list.tsx";
import { orderStatuses, useOrders } from "../../features/order/orders.ts";
import { useWords } from "../../language/language.tsx";
import { goTo } from "../../navigation/navigation.tsx";
import { addressWith, ClaimsLayout } from "./claims-layout.tsx";

interface OrderClaimsProps {
  party: string;
  params: URLSearchParams;
  tabs: ReactNode;
}

/** The orders of a party, those with a loan marked. */
export function OrderClaims({ party, params, tabs }: OrderClaimsProps): ReactNode {
  const words = useWords();
  const number = params.get("number") ?? "";
  const status = orderStatuses.find((each) => each === params.get("status"));
  const page = useOrders(party, { number, status, after: params.get("after") ?? "" });
  const orders = page.data?.items ?? [];
  const { data: liens } = useLiens(orders.map(({ id }) => id));
  const { data: loans } = useLoans(
    orders.filter((order) => seesLoan(party, order, liens?.get(order.id))).map(({ id }) => id),
  );
  const search = useCallback(
    (number: string, status: string) => {
      goTo(addressWith(params, { number, status, after: "" }), { replace: true });
    },
    [params],
  );
  return (
    <ClaimsLayout
      title={words.orders}
      tabs={tabs}
      filter={<OrderFilter number={number} status={status ?? ""} onChange={search} />}
      page={page}
      params={params}
      empty={{ title: words.ordersEmpty, text: words.ordersEmptyText }}
    >
      {(items) => (
        <OrderList
          orders={items}
          securityOf={({ id }) => {
            const loan = loans?.get(id);
            return {
              lien: <LienBadge isEncumbered={liens?.get(id)?.encumbered === true} />,
              loan: loan === undefined ? null : <Owed loan={loan} />,
            };
          }}
        />
      )}
    </ClaimsLayout>
  );
}

/** The two sides of an order see its loan, so do the lender and the operator; that there is a lien, everybody. */
function seesLoan(party: string, order: Order, lien: Lien | undefined): boolean {
  const sides: (string | null)[] = [order.buyer, order.seller];
  return lien?.encumbered === true && [...sides, lien.by, operator].includes(party);
}
