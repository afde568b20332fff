import { answerOf, api } from "../../api/client.ts";
import { pageSize, useResource, type Resource } from "../../api/resource.ts";
import type { Loan } from "../../api/shapes.ts";

/** The loans on these roots, by root. */
export function useLoans(roots: string[]): Resource<Map<string, Loan>> {
  return useResource(roots.length === 0 ? null : `loans ${roots.join(" ")}`, async (signal) => {
    const loans = await Promise.all(
      roots.map((id) =>
        answerOf(api.GET("/api/v1/loans/{id}", { params: { path: { id } }, signal })),
      ),
    );
    return new Map(loans.map((loan) => [loan.root, loan]));
  });
}

/** What a lender has lent, a page of it. */
export function useLoansOf(
  lender: string,
  after: string,
): Resource<{ items: Loan[]; next: string | null }> {
  const query = { lender, limit: pageSize, ...(after === "" ? {} : { after }) };
  return useResource(`loans ${JSON.stringify(query)}`, (signal) =>
    answerOf(api.GET("/api/v1/loans", { params: { query }, signal })),
  );
}

/** A lien is a loan that is not repaid: there are no other encumbrances. */
export function isEncumbering(loan: Loan): boolean {
  return loan.status === "Active" || loan.status === "Defaulted";
}
