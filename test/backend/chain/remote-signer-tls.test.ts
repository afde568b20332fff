import { expect } from "chai";
import { Transaction, Wallet } from "ethers";
import { RemoteSigner } from "../../../backend/src/chain/remote-signer.ts";
import { SignerUnavailable } from "../../../backend/src/chain/signer.ts";
import {
  canCertify,
  certify,
  type Certificates,
  type Identity,
} from "../../support/certificates.ts";
import { startWeb3Signer, type Web3Signer } from "../../support/web3signer.ts";

describe("A remote signer behind TLS that wants to know who asks", function () {
  this.timeout(30_000);
  const wallet = Wallet.createRandom();
  let certificates: Certificates;
  let server: Web3Signer;
  const open: RemoteSigner[] = [];

  before(async function () {
    // Node makes no certificates.
    if (!(await canCertify())) this.skip();
    certificates = await certify();
    server = await startWeb3Signer([wallet.privateKey], { certificates });
  });

  afterEach(() => {
    for (const signer of open.splice(0)) signer.destroy();
  });

  after(async () => {
    if (!(await canCertify())) return;
    await server.close();
    await certificates.remove();
  });

  const signer = (client?: Identity, authorityFile?: string): RemoteSigner => {
    const made = new RemoteSigner({
      url: server.url,
      token: undefined,
      certificateFile: client?.certificate,
      keyFile: client?.key,
      authorityFile,
      timeout: 2000,
    });
    open.push(made);
    return made;
  };
  const act = { chainId: 31337, nonce: 0, to: wallet.address, data: "0x", gasLimit: 21_000n };
  const signed = (by: RemoteSigner) => by.sign(wallet.address, { ...act, fee: { gasPrice: 1n } });
  const refusal = async (by: RemoteSigner): Promise<unknown> =>
    signed(by).catch((error: unknown) => error);

  it("signs for a client that shows its certificate", async () => {
    const { raw } = await signed(signer(certificates.client, certificates.authority));
    expect(Transaction.from(raw).from).to.equal(wallet.address);
  });

  it("does not for one that shows none, or that of somebody else", async () => {
    const asked = server.asked;
    for (const client of [undefined, certificates.stranger]) {
      const error = await refusal(signer(client, certificates.authority));
      expect(error).to.be.instanceOf(SignerUnavailable);
    }
    expect(server.asked).to.equal(asked);
  });

  it("is asked nothing where nobody that we know vouches for it", async () => {
    const asked = server.asked;
    const error = await refusal(signer(certificates.client));
    expect(String(error)).to.match(/self-signed|unable to/);
    expect(server.asked).to.equal(asked);
  });

  it("is left alone when the backend stops: no connection stays open", async () => {
    const connected = signer(certificates.client, certificates.authority);
    await signed(connected);
    expect(await server.connections()).to.equal(1);
    connected.destroy();
    for (let tries = 0; tries < 50 && (await server.connections()) > 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await server.connections()).to.equal(0);
  });
});
