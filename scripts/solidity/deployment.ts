import { ContractFactory } from "ethers";
import type { Bytecodes } from "./compiler.ts";
import { houseBytecode, type House } from "./house.ts";

/** Creation code as compiled for the house, and what is deployed in its place; without 0x. */
export type Replacement = readonly [original: string, other: string];

export function replacements(house: House, others: Bytecodes): readonly Replacement[] {
  return [...others].flatMap(([contract, other]) => {
    const original = houseBytecode(house, contract);
    return original === undefined ? [] : [[original, other] as const];
  });
}

/** From now on this process deploys other code where `other` knows some. */
export function deployInstead(other: (original: string) => string | undefined): void {
  const deployed = Reflect.get(ContractFactory.prototype, "getDeployTransaction");
  ContractFactory.prototype.getDeployTransaction = function (...args) {
    const code = other(this.bytecode.slice(2));
    if (code === undefined) return deployed.apply(this, args);
    return deployed.apply(new ContractFactory(this.interface, `0x${code}`, this.runner), args);
  };
}
