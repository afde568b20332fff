import { expect } from "chai";
import { Wallet } from "ethers";
import { CommandWorker } from "../../../backend/src/command/command.worker.ts";
import { Unsettled } from "../../../backend/src/command/unsettled.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client, type Answer } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

describe("A party that asks for more than its wallet signs", function () {
  this.timeout(120_000);
  let chain: LocalChain;
  let started: TestBackend;
  let operator: Client;
  let party: Client;
  let id: string;

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain, { commandQueue: 3 });
    operator = await new Client(started.url).signedIn("operator");
    id = Wallet.createRandom().address;
    await operator.post("/api/v1/parties", { name: "Own keys", roles: ["cooperative"], key: id });
    party = await new Client(started.url).signedIn(id);
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  const ask = (): Promise<Answer> =>
    party.put(`/api/v1/parties/${id}/payout-account`, { account: Wallet.createRandom().address });

  it("takes no room from others, and has its own bound", async () => {
    for (let count = 0; count < 6; count += 1) expect((await ask()).status).to.equal(202);
    const others = await operator.post("/api/v1/parties", { name: "Other", roles: ["lender"] });
    expect(others.status).to.equal(201);
    for (let count = 6; count < 100; count += 1) expect((await ask()).status).to.equal(202);
    const { status, body } = await ask();
    expect([status, body["code"]]).to.deep.equal([409, "TooManyUnsigned"]);
  });

  it("is not looked through again and again for what can be done", async () => {
    await started.backend.app.get(CommandWorker).sweep();
    expect(await started.backend.app.get(Unsettled).keys("", 100)).to.deep.equal([]);
  });
});
