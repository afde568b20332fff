import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import {
  startLoggedBackend,
  type LogLine,
  type LoggedBackend,
} from "../../support/logged-backend.ts";

interface CommandLine {
  readonly id: string;
  readonly act: string;
  readonly transaction: string | null;
  readonly block: number | null;
  readonly error?: string;
}

describe("The log of requests", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let backend: LoggedBackend;
  let operator: Client;

  before(async () => {
    chain = await startLocalChain();
    backend = await startLoggedBackend(chain);
    operator = await new Client(backend.url).signedIn("operator");
  });

  after(async () => {
    await backend.stop();
    await chain.close();
  });

  /** Lines with an id, when the one has come that ends its story. */
  const found = async (id: string): Promise<LogLine[]> => {
    for (let left = 100; left > 0; left -= 1) {
      const lines = backend.lines.filter((line) => JSON.stringify(line).includes(id));
      if (lines.some(({ msg }) => msg === "answered")) return lines;
      await sleep(20);
    }
    throw new Error(`Nobody answered ${id}.`);
  };
  const commandOf = (line: LogLine): CommandLine => line["command"] as CommandLine;

  it("leads from a request by its id to the transaction and to the block that was projected", async () => {
    const id = "erp-2026.09:42";
    const body = { name: "Mill", roles: ["buyer"] };
    const answer = await operator.post("/api/v1/parties", body, { "x-request-id": id });
    expect(answer.status).to.equal(201);
    expect(answer.headers.get("x-request-id")).to.equal(id);
    const lines = await found(id);
    const steps = lines.map(({ msg }) => msg);
    expect(steps).to.include.members([
      "command placed",
      "command signed",
      "command mined",
      "command projected",
    ]);
    const projected = lines
      .filter(({ msg }) => msg === "command projected")
      .map(commandOf)
      .find(({ act }) => act === "Parties.admit")!;
    const receipt = await chain.provider.getTransactionReceipt(projected.transaction!);
    expect(receipt?.blockNumber).to.equal(projected.block);
    const signed = lines.find(
      (line) => line["msg"] === "command signed" && commandOf(line).id === projected.id,
    );
    expect(commandOf(signed!).transaction).to.equal(projected.transaction);
    const answered = lines.find(({ msg }) => msg === "answered");
    expect(answered).to.include({
      requestId: id,
      method: "POST",
      route: "/api/v1/parties",
      status: 201,
    });
    for (const line of lines) {
      if (line["requestId"] !== undefined) expect(line["requestId"]).to.equal(id);
    }
  });

  it("leads to the reason of a refusal", async () => {
    const id = "refused-1";
    const path = `/api/v1/parties/${chain.deployment.contracts.Parties}/suspension`;
    const answer = await operator.post(path, { suspended: true }, { "x-request-id": id });
    expect(answer.status).to.equal(404);
    const failed = (await found(id)).find(({ msg }) => msg === "command failed");
    expect(commandOf(failed!).error).to.equal("UnknownParty");
  });

  it("takes no id that could break a line, and makes one up", async () => {
    for (const bad of ["a b", "x".repeat(65), '"}', "a,b"]) {
      const { headers } = await operator.get("/health/live");
      const answer = await operator.send("GET", "/health/live", undefined, { "x-request-id": bad });
      const made = answer.headers.get("x-request-id");
      expect(made).to.match(/^[0-9a-f-]{36}$/);
      expect(made).not.to.equal(headers.get("x-request-id"));
    }
  });

  it("holds no token and no secret", async () => {
    const { body } = await operator.post<{ accessToken: string; refreshToken: string }>(
      "/api/v1/auth/sandbox",
      { party: "operator" },
    );
    const log = JSON.stringify(backend.lines);
    for (const secret of [body.accessToken, body.refreshToken, chain.administrationKey]) {
      expect(log).not.to.include(secret);
    }
  });
});
