import { Transaction, type BaseWallet } from "ethers";
import { ApiProblem } from "../../api/api-problem.ts";
import type { Id } from "../../api/resources.ts";
import type { Seeded } from "../../random/seeded.ts";
import { Attendant } from "./attendant.ts";
import type { Erp } from "./erp.ts";

interface Waiting {
  readonly id: string;
  readonly prepared: { readonly unsigned: string } | null;
}

/** Signs with a wallet whatever is laid out for a party whose key the backend does not have. */
export function signFor(erp: Erp, wallet: BaseWallet, party: Id, random: Seeded): Attendant {
  const caller = erp.desk(`wallet.${party}`, random).as(party);
  return new Attendant(async () => {
    const { items } = (await caller.get("/commands", { state: "Queued" })) as {
      items: readonly Waiting[];
    };
    let signed = 0;
    for (const { id, prepared } of items) {
      if (prepared === null) continue;
      const transaction = Transaction.from(prepared.unsigned);
      transaction.signature = wallet.signingKey.sign(transaction.unsignedHash);
      const key = `signed.${transaction.hash ?? id}`;
      try {
        await caller.post(`/commands/${id}/transaction`, { raw: transaction.serialized }, key);
        signed += 1;
      } catch (error) {
        // It may have been laid out anew meanwhile; what is refused for good, the life is told.
        if (!(error instanceof ApiProblem)) throw error;
      }
    }
    return signed;
  });
}
