import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import { expect } from "chai";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

const large = 1_000_000;
const path = "/api/v1/orders/batch";

describe("A large body", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let operator: Client;

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain);
    operator = await new Client(started.url).signedIn("operator");
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  /** What is answered to a request of which nothing comes but its head. */
  const answerToHead = async (head: string, body = ""): Promise<string> => {
    const { port } = started.backend.app.getHttpServer().address() as AddressInfo;
    const connection = connect(port, "127.0.0.1");
    connection.write(`${head}\r\nhost: here\r\ncontent-type: application/json\r\n${body}`);
    try {
      const [answer] = (await once(connection, "data", { signal: AbortSignal.timeout(5000) })) as [
        Buffer,
      ];
      return answer.toString();
    } finally {
      connection.destroy();
    }
  };

  it("of a stranger is refused before it comes, whatever token it has", async () => {
    for (const token of ["", "authorization: Bearer nonsense\r\n"]) {
      const answer = await answerToHead(
        `POST ${path} HTTP/1.1\r\n${token}content-length: ${large}`,
        "\r\n",
      );
      expect(answer).to.match(/^HTTP\/1\.1 401 /);
      expect(answer).to.contain(token === "" ? "NotSignedIn" : "InvalidToken");
    }
  });

  it("of a stranger that tells no length is refused when it is too long", async () => {
    const size = 20_000;
    const answer = await answerToHead(
      `POST ${path} HTTP/1.1\r\ntransfer-encoding: chunked`,
      `\r\n${size.toString(16)}\r\n${" ".repeat(size)}\r\n`,
    );
    expect(answer).to.match(/^HTTP\/1\.1 413 /);
    expect(answer).to.contain("BodyTooLarge");
  });

  it("of somebody who is signed in is read", async () => {
    const answer = await operator.post(path, { orders: [], filling: "x".repeat(large) });
    expect(answer.status).to.equal(403);
    expect(answer.body).to.have.property("code", "WrongRole");
  });

  it("is not read of an address whose limit of rate is reached", async () => {
    started = await started.restart({ rates: { address: 1, caller: 0, signIn: 0 } });
    expect((await new Client(started.url).get("/api/v1/orders")).status).to.equal(401);
    const answer = await answerToHead(`POST ${path} HTTP/1.1\r\ncontent-length: 5`, "\r\n");
    expect(answer).to.match(/^HTTP\/1\.1 429 /);
    expect(answer).to.match(/retry-after: \d/i);
  });
});
