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

const compiled = new Map<string, Promise<readonly [Interface, string]>>();

/**
 * A test's contract is compiled by the test that needs it, once, and is no part of the house.
 * @param file under `test/contracts`; the contract has its name
 */
export async function deployTestContract(file: string): Promise<Contract> {
  const known = compiled.get(file) ?? compile(file);
  compiled.set(file, known);
  const [abi, bytecode] = await known;
  const [deployer] = await ethers.getSigners();
  const deployed = await new ContractFactory(abi, bytecode, deployer).deploy();
  return new Contract(await deployed.getAddress(), abi, deployer);
}

async function compile(file: string): Promise<readonly [Interface, string]> {
  const source = fileURLToPath(new URL(`../contracts/${file}`, import.meta.url));
  await hre.solidity.build([source], { quiet: true });
  // Another test's contract may have been looked up before this one was there.
  await hre.artifacts.clearCache();
  const name = file.replace(/^.*\//, "").replace(/\.sol$/, "");
  const artifact = await hre.artifacts.readArtifact(name);
  return [Interface.from(artifact.abi as InterfaceAbi), artifact.bytecode];
}

/** Sends a call. */
export async function act(contract: Contract, what: string, ...values: unknown[]): Promise<void> {
  await contract.getFunction<ContractMethod<unknown[]>>(what).send(...values);
}

/** Asks without sending. */
export async function ask<T>(contract: Contract, what: string, ...values: unknown[]): Promise<T> {
  return (await contract
    .getFunction<ContractMethod<unknown[], unknown, unknown>>(what)
    .staticCall(...values)) as T;
}
