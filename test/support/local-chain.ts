import { network } from "hardhat";
import { JsonRpcProvider, Wallet } from "ethers";
import type { Deployment } from "../../backend/src/chain/deployment.ts";
import { deploySheaf } from "../../scripts/deploy/deploy.ts";
import { administrationKey } from "../../scripts/sandbox/sandbox.ts";

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
  const administrator = new Wallet(administrationKey, provider);
  const deployment = await deploySheaf({ signer: administrator });
  return {
    url,
    deployment,
    administrationKey,
    provider,
    close: async () => {
      provider.destroy();
      await server.close();
    },
  };
}
