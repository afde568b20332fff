import { expect } from "chai";
import { Contract, ZeroAddress, type Fragment } from "ethers";
import { interfaces } from "../../backend/src/chain/contracts.ts";

const errors = new Map<string, Fragment>();
for (const abi of Object.values(interfaces))
  abi.forEachError((error) => errors.set(error.selector, error));

/** Every error of the house: a rule may be broken in another contract than the one that was called. */
export const everyError = new Contract(ZeroAddress, [...errors.values()]);

/** Expects the call to be refused by the rule `error`, with exactly these values. */
export async function expectRefusal(
  call: Promise<unknown>,
  error: string,
  ...values: unknown[]
): Promise<void> {
  await expect(call)
    .to.be.revertedWithCustomError(everyError, error)
    .withArgs(...values);
}
