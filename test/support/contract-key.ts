import { fileURLToPath } from "node:url";
import {
  Contract,
  ContractFactory,
  Interface,
  type ContractMethod,
  type InterfaceAbi,
} from "ethers";
import hre from "hardhat";
import { ethers } from "./chain.ts";

const source = fileURLToPath(new URL("../contracts/keys/ContractKey.sol", import.meta.url));

/** A key that is a contract: `test/contracts/keys/ContractKey.sol`. */
export interface ContractKey {
  readonly address: string;
  /** Tells it how to answer from now on. */
  tell(what: "handTo" | "revertAlways" | "rave", value: unknown): Promise<void>;
}

let compiled: Promise<readonly [Interface, string]> | undefined;

/** A test's contract is compiled by the test that needs it, once, and is no part of the house. */
async function compile(): Promise<readonly [Interface, string]> {
  await hre.solidity.build([source], { quiet: true });
  const artifact = await hre.artifacts.readArtifact("ContractKey");
  return [Interface.from(artifact.abi as InterfaceAbi), artifact.bytecode];
}

export async function deployContractKey(owner: string): Promise<ContractKey> {
  const [abi, bytecode] = await (compiled ??= compile());
  const [deployer] = await ethers.getSigners();
  const deployed = await new ContractFactory(abi, bytecode, deployer).deploy(owner);
  const address = await deployed.getAddress();
  const contract = new Contract(address, abi, deployer);
  return {
    address,
    tell: async (what, value) => {
      await contract.getFunction<ContractMethod<unknown[]>>(what).send(value);
    },
  };
}
