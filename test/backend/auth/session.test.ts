import { expect } from "chai";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
}

describe("A session", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let anyone: Client;

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain);
    anyone = new Client(started.url);
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  const opened = async (): Promise<Session> =>
    (await anyone.post<Session>("/api/v1/auth/sandbox", { party: "operator" })).body;
  const refreshed = ({ refreshToken }: Pick<Session, "refreshToken">) =>
    anyone.post<Session>("/api/v1/auth/refresh", { refreshToken });

  it("is renewed once by two at the same time, and is over then for both", async () => {
    const session = await opened();
    const answers = await Promise.all([refreshed(session), refreshed(session)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 401]);
    const winner = answers.find(({ status }) => status === 200)!;
    expect((await refreshed(winner.body)).status).to.equal(401);
  });

  it("ends with all its tokens when somebody signs out", async () => {
    const session = await opened();
    const { body } = await refreshed(session);
    const other = await opened();
    const { status } = await anyone.post("/api/v1/auth/sign-out", {
      refreshToken: body.refreshToken,
    });
    expect(status).to.equal(204);
    expect((await refreshed(body)).status).to.equal(401);
    expect((await refreshed(other)).status).to.equal(200);
  });

  it("takes no token that was altered, in any of its parts", async () => {
    const { accessToken } = await opened();
    const good = await new Client(started.url, accessToken).get("/api/v1/auth/me");
    expect(good.status).to.equal(200);
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    const [head, body, mark] = accessToken.split(".") as [string, string, string];
    const other = Buffer.from('{"sub":"operator","exp":9999999999}').toString("base64url");
    for (const token of [
      `${none}.${body}.`,
      `${none}.${body}.${mark}`,
      `${head}.${other}.${mark}`,
      `${head}.${body}.${mark.slice(0, -2)}`,
      `${head}.${body}`,
      `${accessToken}.x`,
    ]) {
      const { status, body: problem } = await new Client(started.url, token).get("/api/v1/auth/me");
      expect([status, problem["code"]], token).to.deep.equal([401, "InvalidToken"]);
    }
  });
});
