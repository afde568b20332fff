import { expect } from "chai";
import { load } from "../support/chain.ts";
import { freshAccount, replaceKey } from "../support/keys.ts";
import { allowed, isParty, partyCallers, type PartyCaller } from "../support/role-table/row.ts";
import { stages, type Stage } from "../support/role-table/stage.ts";
import { attempt, encode, table } from "../support/role-table/table.ts";
import { openingCash, type Actor } from "../support/sheaf.ts";

/** What a party may do and a stranger may not. */
const partyActs = table.filter(
  ({ outcomes }) =>
    outcomes.stranger !== allowed && partyCallers.some((party) => outcomes[party] === allowed),
);

describe("Once a key is replaced", () => {
  let stage: Stage;

  /** The party's new key, with money, approvals and, so that there is one to veto, a further proposal. */
  async function succeed(party: PartyCaller): Promise<Actor> {
    const { admin, nobody, addresses } = stage;
    const next = await freshAccount(stage, 3);
    await replaceKey(stage, stage[party], next.address);
    await admin.deposits.mint(next.address, openingCash);
    for (const spender of [addresses.receivables, addresses.facilities])
      await next.deposits.approve(spender, openingCash);
    if (party === "arbiter") await admin.parties.proposeKey(stage.arbiter.address, nobody.address);
    return next;
  }

  for (const row of partyActs)
    for (const party of Object.keys(row.outcomes).filter(
      (caller): caller is PartyCaller =>
        isParty(caller as PartyCaller) && row.outcomes[caller as PartyCaller] === allowed,
    ))
      it(`the ${party}'s new key alone may call ${[row.call, row.about ?? ""].join(" ").trim()}`, async () => {
        stage = await load(stages[row.in]);
        const { address: old } = stage[party];
        const { address: key } = await succeed(party);
        const call = encode(stage, row, old);
        expect(await attempt(old, call.to, call.data), "old key").to.equal(row.outcomes.stranger);
        expect(await attempt(key, call.to, call.data), "new key").to.equal(allowed);
      });
});
