import { expect } from "chai";
import { id, Wallet } from "ethers";
import { isObject, written, type JsonObject } from "../../../backend/src/proof/event.ts";
import { SandboxClient } from "../../../scripts/api/sandbox-client.ts";
import { privateFacts } from "../../../scripts/sandbox/season/season-papers.ts";
import { loadSeason, seasonStart } from "../../../scripts/sandbox/season.ts";
import { openRoutes } from "../../support/access-table/table.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { startLoggedBackend, type LoggedBackend } from "../../support/logged-backend.ts";
import { PrivateFacts } from "../../support/private-facts.ts";
import { made } from "../../support/trade.ts";

interface Page {
  readonly items: readonly JsonObject[];
}

describe("Of the sample season's people, their phones and plots", function () {
  this.timeout(180_000);
  const facts = new PrivateFacts(privateFacts);
  let chain: LocalChain;
  let backend: LoggedBackend;
  let operator: Client;
  let receipts: readonly JsonObject[];

  before(async () => {
    chain = await startLocalChain(seasonStart().toISOString());
    backend = await startLoggedBackend(chain, { LOG_LEVEL: "trace", ANCHOR_SECONDS: "1" });
    await loadSeason(new SandboxClient(backend.url));
    operator = await new Client(backend.url).signedIn("operator");
    receipts = (await operator.get<Page>("/api/v1/receipts?limit=200")).body.items;
  });

  after(async () => {
    await backend.stop();
    await chain.close();
  });

  const partyOf = (role: string): Promise<Client> =>
    new Client(backend.url).signedIn(written(receipts[0]?.[role]));

  /** All that everybody can read who has a node. */
  async function onChain(): Promise<string> {
    const { provider } = chain;
    const last = await provider.getBlockNumber();
    const blocks = await Promise.all(
      Array.from({ length: last + 1 }, (_, block): Promise<unknown> =>
        provider.send("eth_getBlockByNumber", [`0x${block.toString(16)}`, true]),
      ),
    );
    const logs = await provider.getLogs({ fromBlock: 0, toBlock: last });
    expect(logs.length).to.be.greaterThan(200);
    return JSON.stringify([blocks, logs]);
  }

  /** All that is open to anyone. */
  async function openly(): Promise<string> {
    const anyone = new Client(backend.url);
    const pages = openRoutes.filter((route) => route.startsWith("GET "));
    const texts: string[] = [];
    for (const route of pages) {
      const path = route.slice(4);
      const asked = path.includes(":id")
        ? receipts.map((receipt) => path.replace(":id", written(receipt["id"])))
        : [path.replace(":code", "NotFound")];
      for (const each of asked) {
        const { status, body } = await anyone.get<unknown>(each);
        expect(status, each).to.be.lessThan(500);
        texts.push(JSON.stringify(body));
      }
    }
    return texts.join("\n");
  }

  /** All that leaves the house with the goods: for a stranger, who was told a receipt's id or a lot's name. */
  async function inBundles(): Promise<string> {
    const stranger = await new Client(backend.url).signedIn("operator");
    const texts: string[] = [];
    for (const receipt of receipts) {
      const of = encodeURIComponent(written(receipt["id"]));
      texts.push(JSON.stringify(made(await stranger.get(`/api/v1/bundles?of=${of}`))));
    }
    return texts.join("\n");
  }

  async function inEvents(): Promise<string> {
    return JSON.stringify(made(await operator.get("/epcis/events?perPage=1000")));
  }

  it("there is something to be kept, and it is in the papers", async () => {
    expect(privateFacts.length).to.be.greaterThan(15);
    const warehouse = await partyOf("warehouse");
    const { items } = made(await warehouse.get<Page>("/api/v1/documents?limit=200"));
    const papers = await Promise.all(
      items.map(async ({ root }) =>
        made(await warehouse.get(`/api/v1/documents/${written(root)}`)),
      ),
    );
    expect(facts.in(JSON.stringify(papers)).length).to.be.greaterThan(5);
  });

  it("what is shown of the papers is in every receipt's bundle", async () => {
    for (const receipt of receipts) {
      const bundle = made(await operator.get(`/api/v1/bundles?of=${written(receipt["id"])}`));
      const kinds = (bundle["documents"] as readonly JsonObject[]).map(({ kind }) => kind);
      expect(kinds, written(receipt["ticket"])).to.include.members(["certificate", "testResult"]);
    }
  });

  it("nothing is on chain", async () => {
    expect(facts.in(await onChain())).to.deep.equal([]);
  });

  it("nothing is in the backend's log", () => {
    expect(backend.lines.length).to.be.greaterThan(100);
    expect(facts.in(JSON.stringify(backend.lines))).to.deep.equal([]);
  });

  it("nothing is open to anyone, in an event or in a bundle", async () => {
    expect(facts.in(await openly())).to.deep.equal([]);
    expect(facts.in(await inEvents())).to.deep.equal([]);
    expect(facts.in(await inBundles())).to.deep.equal([]);
  });

  it("what got there would be found, in whatever shape", async () => {
    const administrator = new Wallet(chain.administrationKey, chain.provider);
    const send = async (data: string): Promise<void> => {
      const nonce = await chain.provider.getTransactionCount(administrator.address, "pending");
      const sent = await administrator.sendTransaction({
        ...{ to: administrator.address, data, nonce, gasLimit: 100_000, type: 0, gasPrice: 0 },
      });
      await sent.wait();
    };
    await send(`0x${Buffer.from("王秀兰", "utf8").toString("hex")}`);
    await send(id("+8613970914426"));
    expect(facts.in(await onChain())).to.deep.equal([
      "王秀兰 as digits",
      "+8613970914426 as its keccak-256",
    ]);
    const warehouse = await partyOf("warehouse");
    const receipt = written(receipts[0]?.["id"]);
    const events = made(
      await warehouse.get<JsonObject>(
        `/epcis/events?EQ_bizTransaction_recadv=urn:sheaf:receipt:${receipt}`,
      ),
    );
    const [known] = eventsIn(events);
    const { eventID: _, recordTime: __, ...said } = known ?? {};
    const planted = {
      ...said,
      "@context": events["@context"] ?? null,
      "sheaf:weigher": "Zhao Minsheng",
      "sheaf:plot": "28.643172,115.209518",
    };
    expect((await warehouse.post("/epcis/events", planted)).status).to.equal(201);
    const found = ["Zhao Minsheng as it is", "28.643172 as it is", "115.209518 as it is"];
    expect(facts.in(await inEvents())).to.include.members(found);
    expect(facts.in(await inBundles())).to.include.members(found);
  });
});

function eventsIn(document: JsonObject): readonly JsonObject[] {
  const parts = ["epcisBody", "queryResults", "resultsBody"].reduce<JsonObject>(
    (part, name) => (isObject(part[name]) ? part[name] : {}),
    document,
  );
  return (parts["eventList"] ?? []) as readonly JsonObject[];
}
