import { act, deployTestContract } from "./test-contract.ts";

/** A key that is a contract: `test/contracts/keys/ContractKey.sol`. */
export interface ContractKey {
  readonly address: string;
  /** Tells it how to answer from now on. */
  tell(what: "handTo" | "revertAlways" | "rave", value: unknown): Promise<void>;
}

export async function deployContractKey(owner: string): Promise<ContractKey> {
  const contract = await deployTestContract("keys/ContractKey.sol");
  await act(contract, "handTo", owner);
  return {
    address: await contract.getAddress(),
    tell: (what, value) => act(contract, what, value),
  };
}
