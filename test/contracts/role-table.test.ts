import { expect } from "chai";
import { load } from "../support/chain.ts";
import { addressOf, allowed, callers, isParty, type Outcome } from "../support/role-table/row.ts";
import { stages, type Stage } from "../support/role-table/stage.ts";
import { attempt, callsOf, encode, table } from "../support/role-table/table.ts";

describe("Every function is for those that are named for it, and refused to all others", () => {
  it("is said for every function of every contract that changes anything, and for no other", async () => {
    const stage = await load(stages.trade);
    const said = new Set<string>(table.map(({ call }) => call));
    const functions = new Set(callsOf(stage, false));
    expect(
      [...said].filter((call) => !functions.has(call)),
      "no such function",
    ).to.be.empty;
    const changing = callsOf(stage, true);
    expect(
      changing.filter((call) => !said.has(call)),
      "no row",
    ).to.be.empty;
  });

  for (const row of table) {
    const { call, about, outcomes, standing } = row;
    const named = callers.filter((caller) => outcomes[caller] === allowed);
    const who =
      named.length === 0 ? "nobody" : named.length === callers.length ? "anyone" : named.join(", ");

    describe(`${call}${about === undefined ? "" : ` ${about}`} is for ${who}`, () => {
      let stage: Stage;

      beforeEach(async () => {
        stage = await load(stages[row.in]);
      });

      async function outcomesOf(
        who: readonly (typeof callers)[number][],
      ): Promise<Record<string, Outcome>> {
        const found: Record<string, Outcome> = {};
        for (const caller of who) {
          const from = addressOf(stage, caller);
          const { to, data } = encode(stage, row, from);
          found[caller] = await attempt(from, to, data);
        }
        return found;
      }

      it("and refused to all others", async () => {
        expect(await outcomesOf(callers)).to.deep.equal(outcomes);
      });

      if (named.length === 0) return;
      it("while it is paused, and once it is retired, as the rule for it says", async () => {
        const { admin } = stage;
        const all = (outcome: Outcome): Record<string, Outcome> =>
          Object.fromEntries(named.map((caller) => [caller, outcome]));
        await admin.parties.setPaused(true);
        expect(await outcomesOf(named), "paused").to.deep.equal(all(standing.paused));
        await admin.parties.retire();
        expect(await outcomesOf(named), "retired").to.deep.equal(all(standing.retired));
      });

      const parties = named.filter(isParty);
      if (parties.length === 0) return;
      it("while the caller is suspended, as the rule for it says", async () => {
        for (const caller of parties) {
          await stage.admin.parties.setSuspended(stage[caller].address, true);
          const found = await outcomesOf([caller]);
          expect(found).to.deep.equal({ [caller]: standing.suspended });
          await stage.admin.parties.setSuspended(stage[caller].address, false);
        }
      });
    });
  }
});
