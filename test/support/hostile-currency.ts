import { fileURLToPath } from "node:url";
import {
  Contract,
  ContractFactory,
  Interface,
  type ContractMethod,
  type InterfaceAbi,
} from "ethers";
import hre from "hardhat";
import { ethers, onDay } from "./chain.ts";
import { deliver, makeOrder, openFacility, type OwedOrder } from "./scenes.ts";
import { admittedParties, openingCash } from "./sheaf.ts";
import { ownAccount, text } from "./terms.ts";

const source = fileURLToPath(
  new URL("../contracts/currencies/HostileCurrency.sol", import.meta.url),
);

/** An order financed and half delivered in a currency that plays no fair game; honest until told otherwise. */
export interface HostileTrade extends OwedOrder {
  readonly token: Contract;
}

export async function hostileTrade(): Promise<HostileTrade> {
  const sheaf = await admittedParties();
  const token = await deployHostileCurrency();
  const currency = await token.getAddress();
  await sheaf.admin.currencies.approveCurrency(currency);
  for (const { address } of [sheaf.buyer, sheaf.cooperative, sheaf.lender]) {
    await act(token, "mint", address, openingCash);
    for (const spender of [sheaf.addresses.receivables, sheaf.addresses.facilities])
      await act(token, "allow", address, spender, openingCash);
  }
  await onDay(0);
  const facility = await openFacility(sheaf, { number: text("F-BAD"), currency });
  const order = await makeOrder(sheaf, { number: text("PO-BAD"), currency });
  await sheaf.cooperative.facilities.drawDown(facility, order, 50_000_00n, 0n, ownAccount);
  await deliver(sheaf, order, 1n, 10_000_000n);
  const receivable = await sheaf.contracts.receivables.receivableId(order, 1);
  return { ...sheaf, currency, token, facility, order, receivable };
}

/** Tells the currency how to behave. */
export async function act(token: Contract, what: string, ...values: unknown[]): Promise<void> {
  await token.getFunction<ContractMethod<unknown[]>>(what).send(...values);
}

export async function ask<T>(token: Contract, what: string, ...values: unknown[]): Promise<T> {
  return (await token
    .getFunction<ContractMethod<unknown[], unknown, unknown>>(what)
    .staticCall(...values)) as T;
}

/** A test's contract is compiled by the test that needs it, and is no part of the house. */
export async function deployHostileCurrency(): Promise<Contract> {
  await hre.solidity.build([source], { quiet: true });
  const artifact = await hre.artifacts.readArtifact("HostileCurrency");
  const abi = Interface.from(artifact.abi as InterfaceAbi);
  const [deployer] = await ethers.getSigners();
  const deployed = await new ContractFactory(abi, artifact.bytecode, deployer).deploy();
  return new Contract(await deployed.getAddress(), abi, deployer);
}
