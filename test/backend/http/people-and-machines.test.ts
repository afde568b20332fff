import { expect } from "chai";
import { askAs, changes, isClosed, outcomeOf } from "../../support/access-table/asking.ts";
import { callers, type Caller, type Outcome, type Row } from "../../support/access-table/row.ts";
import { table } from "../../support/access-table/table.ts";
import { Client } from "../../support/client.ts";
import { made } from "../../support/trade.ts";
import { stageTrade, type TradeStage } from "../../support/trade-stage.ts";

type Party = Exclude<Caller, "nobody">;
const parties = callers.filter((caller): caller is Party => caller !== "nobody");
const ranks = ["viewer", "maker", "approver", "owner"] as const;
type Rank = (typeof ranks)[number];
const scopes = [
  ...(["read", "orders", "receipts", "finance", "administration", "provenance"] as const),
];
type Scope = (typeof scopes)[number];

/** Who is let through to a route that changes something; a maker, where nothing is said. */
const ranksOfRoutes: Readonly<Record<string, Rank>> = {
  "POST /api/v1/api-keys": "viewer",
  "DELETE /api/v1/api-keys/:id": "viewer",
  "POST /api/v1/api-keys/:id/rotation": "viewer",
  "POST /api/v1/commands/:id/approval": "approver",
  "PUT /api/v1/organisation/people/:id": "owner",
  "DELETE /api/v1/organisation/people/:id": "owner",
  "PUT /api/v1/organisation/limits": "owner",
  "PUT /api/v1/parties/:id/people/:account": "owner",
  "DELETE /api/v1/parties/:id/people/:account": "owner",
  "PUT /api/v1/parties/:id/limits": "owner",
};

/** The scope that a machine needs, by the first pattern that fits; where none does, the route is for persons. */
const scopesOfRoutes: readonly (readonly [RegExp, Scope])[] = [
  [/\/parties\/:id\/payout-account$/, "finance"],
  [/\/parties\/:id\/(people|limits)/, "read"],
  [/ \/(epcis|api\/v1\/documents)(\/|$)/, "provenance"],
  [/\/facilities\/:id\/depositary$/, "administration"],
  [/\/(parties|currencies|origination|sandbox|locations)(\/|$)/, "administration"],
  [/\/orders(\/|$)/, "orders"],
  [/\/receipts(\/|$)/, "receipts"],
  [/\/(receivables|facilities|loans|consents)(\/|$)/, "finance"],
];

function scopeOf({ route }: Row): Scope | undefined {
  const scope = scopesOfRoutes.find(([pattern]) => pattern.test(route))?.[1];
  return scope === "read" ? undefined : scope;
}

const named = ({ route, about }: Row): string =>
  about === undefined ? route : `${route} (${about})`;
/** Before anything about the person is looked at. */
const isOfRole = (outcome: Outcome): boolean => outcome === "403 WrongRole";
/** A stream is never whole. */
const stream = "GET /api/v1/events";

describe("People and machines", function () {
  this.timeout(240_000);
  let stage: TradeStage;
  const people = new Map<string, Client>();
  const machines = new Map<string, Client>();
  let asked = 0;

  before(async () => {
    stage = await stageTrade();
    for (const party of parties) {
      for (const rank of ranks.filter((each) => each !== "owner")) {
        people.set(`${party} ${rank}`, await personOf(party, rank));
      }
      machines.set(`${party} all`, await machineOf(party, scopes));
      for (const scope of scopes) {
        machines.set(`${party} ${scope}`, await machineOf(party, [scope]));
        const others = scopes.filter((each) => each !== scope);
        machines.set(`${party} not ${scope}`, await machineOf(party, others));
      }
    }
  });

  after(() => stage.trade.close());

  async function personOf(party: Party, rank: Exclude<Rank, "owner">): Promise<Client> {
    const { trade } = stage;
    const account = `0x${String(ranks.indexOf(rank) + 1).repeat(40)}`;
    made(
      await trade[party].put(`/api/v1/organisation/people/${account}`, {
        rank,
        name: `The ${rank}`,
      }),
    );
    const picked = { party: party === "operator" ? party : trade[party].id, person: account };
    const { accessToken } = made(await trade.anyone.post("/api/v1/auth/sandbox", picked));
    return new Client(trade.started.url, String(accessToken));
  }

  async function machineOf(party: Party, its: readonly Scope[]): Promise<Client> {
    const { trade } = stage;
    const key = made(await trade[party].post("/api/v1/api-keys", { name: "ERP", scopes: its }));
    return new Client(trade.started.url, String(key["secret"]));
  }

  const once = (): Record<string, string> => ({ "idempotency-key": `machine-${asked++}` });

  /** Whose owner gets furthest. */
  function partyOf({ outcomes }: Row): Party {
    const past = parties.filter((party) => !isOfRole(outcomes[party]));
    return past.find((party) => !outcomes[party].startsWith("40")) ?? past[0]!;
  }

  for (const row of table.filter((each) => isClosed(each) && each.route !== stream)) {
    it(`of each rank may ${named(row)} as far as their rank goes`, async () => {
      const party = partyOf(row);
      const needs = changes(row) ? (ranksOfRoutes[row.route] ?? "maker") : "viewer";
      for (const rank of ranks.filter((each) => each !== "owner")) {
        const answer = await askAs(people.get(`${party} ${rank}`)!, row, await row.asks(stage));
        const isEnough = ranks.indexOf(rank) >= ranks.indexOf(needs);
        const expected = isEnough ? ofPerson(row, row.outcomes[party]) : "403 RankTooLow";
        expect(outcomeOf(answer), `${party}'s ${rank}`).to.equal(expected);
      }
    });

    it(`with a key may ${named(row)} as their party, within the key's scopes`, async () => {
      const scope = scopeOf(row);
      const question = await row.asks(stage);
      for (const party of parties) {
        const owner = row.outcomes[party];
        const ask = async (machine: string, headers = once()): Promise<Outcome> =>
          outcomeOf(await askAs(machines.get(`${party} ${machine}`)!, row, question, headers));
        if (!changes(row)) {
          expect(await ask("read"), party).to.equal(owner);
        } else if (isOfRole(owner) || scope === undefined) {
          expect(await ask("all"), party).to.equal(isOfRole(owner) ? owner : "403 PersonNeeded");
        } else {
          expect(await ask(`not ${scope}`), party).to.equal("403 ScopeMissing");
          // A capture is known by its events.
          const unnamed = row.route.includes(" /epcis") ? owner : "400 IdempotencyKeyRequired";
          expect(await ask(scope, {}), party).to.equal(unnamed);
          expect(await ask(scope), party).to.equal(owner);
        }
      }
    });
  }
});

/** The key in the table is its owner's own. */
function ofPerson({ route }: Row, owner: Outcome): Outcome {
  return route.includes("/api-keys/:id") ? "404 NotFound" : owner;
}
