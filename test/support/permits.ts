import { Signature, type BigNumberish } from "ethers";
import { ethers } from "./chain.ts";
import type { Actor, Sheaf } from "./sheaf.ts";

const types = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

/** The owner's ERC-2612 permit of the deposit currency, with its next nonce. */
export async function signPermit(
  { contracts, addresses }: Sheaf,
  owner: Pick<Actor, "address" | "signer">,
  spender: keyof Sheaf["addresses"],
  value: bigint,
  deadline: BigNumberish,
): Promise<Signature> {
  const { chainId } = await ethers.provider.getNetwork();
  const domain = {
    name: await contracts.deposits.name(),
    version: "1",
    chainId,
    verifyingContract: addresses.deposits,
  };
  const nonce = await contracts.deposits.nonces(owner.address);
  const words = { owner: owner.address, spender: addresses[spender], value, nonce, deadline };
  return Signature.from(await owner.signer.signTypedData(domain, types, words));
}
