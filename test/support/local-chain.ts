import { network } from "hardhat";
import { HDNodeWallet, JsonRpcProvider, Wallet } from "ethers";
import { deploySheaf, type Deployment } from "../../scripts/deploy/deploy.ts";

/** A Hardhat network of a test's own, with a Sheaf on it. */
export interface LocalChain {
  readonly url: string;
  readonly deployment: Deployment;
  readonly administrationKey: string;
  readonly provider: JsonRpcProvider;
  close(): Promise<void>;
}

/** @param initialDate where its calendar starts, ISO 8601 */
export async function startLocalChain(initialDate = "2026-08-31T00:00:00Z"): Promise<LocalChain> {
  const server = await network.createServer(
    {
      network: "sandbox",
      override: { initialDate },
    },
    "127.0.0.1",
    0,
  );
  const { address, port } = await server.listen();
  const url = `http://${address}:${port}`;
  const provider = new JsonRpcProvider(url, 31337, {
    staticNetwork: true,
    batchMaxCount: 1,
    cacheTimeout: -1,
    pollingInterval: 20,
  });
  const administrator = new Wallet(firstAccount().privateKey, provider);
  const deployment = await deploySheaf({ signer: administrator });
  return {
    url,
    deployment,
    administrationKey: administrator.privateKey,
    provider,
    close: async () => {
      provider.destroy();
      await server.close();
    },
  };
}

/** The one that every Hardhat network gives ether to. */
function firstAccount(): HDNodeWallet {
  return HDNodeWallet.fromPhrase("test test test test test test test test test test test junk");
}
