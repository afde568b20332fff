import { connectContracts } from "../../scripts/deploy/contracts.ts";
import { at, ethers } from "./chain.ts";
import type { Actor, Sheaf } from "./sheaf.ts";

/** An account that is no party: the `index`th beyond those of the scenes. */
export async function freshAccount(sheaf: Sheaf, index = 0): Promise<Actor> {
  const signer = (await ethers.getSigners())[12 + index]!;
  const { addresses: places } = sheaf;
  const contracts = {
    Administration: places.administration,
    Parties: places.parties,
    Currencies: places.currencies,
    PurchaseOrders: places.orders,
    Deliveries: places.deliveries,
    WarehouseReceipts: places.receipts,
    Receivables: places.receivables,
    Liens: places.liens,
    Facilities: places.facilities,
    Quotes: places.quotes,
    DepositCurrency: places.deposits,
    Provenance: places.provenance,
  };
  return { address: await signer.getAddress(), signer, ...connectContracts({ contracts }, signer) };
}

/** Puts `key` in the place of the party's own, after the time that the party has to veto. */
export async function replaceKey(
  { admin, stranger, contracts }: Sheaf,
  party: Pick<Actor, "address">,
  key: string,
): Promise<void> {
  await admin.parties.proposeKey(party.address, key);
  const { from } = await contracts.parties.proposalFor(party.address);
  await at(Number(from));
  await stranger.parties.replaceKey(party.address);
}
