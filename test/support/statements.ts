import type { AddressLike, BigNumberish, TypedDataField } from "ethers";
import { ethers } from "./chain.ts";
import type { Actor, Sheaf } from "./sheaf.ts";
import type { AssignmentStruct } from "../../typechain-types/receivable/IReceivables.ts";

type Fields = Readonly<Record<string, readonly TypedDataField[]>>;

const release = fields(
  "uint256 order,uint16 number,uint256 receipt,uint48 quantity,uint256 nonce,uint40 deadline",
);
const acceptance = fields("bytes32 termsHash,uint256 nonce,uint40 deadline");
const assignment = fields(
  "uint256 order,uint16 delivery,address assignee,uint64 price,uint64 outstanding,uint256 nonce,uint40 deadline",
);

export interface Release {
  readonly order: bigint;
  readonly number: BigNumberish;
  readonly receipt: bigint;
  readonly quantity: bigint;
  readonly nonce: bigint;
  readonly deadline: BigNumberish;
}

/** The seller's word that the buyer may fetch goods. */
export function signRelease(sheaf: Sheaf, signer: Actor, words: Release): Promise<string> {
  const { deliveries } = sheaf.addresses;
  return sign(signer, deliveries, "Sheaf delivery", { Release: release }, { ...words });
}

export interface Acceptance {
  readonly termsHash: string;
  readonly nonce: bigint;
  readonly deadline: BigNumberish;
}

/** The seller's word that it accepts an order on these terms. */
export function signAcceptance(sheaf: Sheaf, signer: Actor, words: Acceptance): Promise<string> {
  const { orders } = sheaf.addresses;
  return sign(signer, orders, "Sheaf purchase order", { Acceptance: acceptance }, { ...words });
}

/** The holder's word that it sells a receivable. */
export function signAssignment(
  sheaf: Sheaf,
  signer: Actor,
  words: AssignmentStruct,
): Promise<string> {
  const { receivables } = sheaf.addresses;
  return sign(signer, receivables, "Sheaf receivable", { Assignment: assignment }, { ...words });
}

async function sign(
  { signer }: Actor,
  verifyingContract: AddressLike & string,
  name: string,
  types: Fields,
  words: Record<string, unknown>,
): Promise<string> {
  const { chainId } = await ethers.provider.getNetwork();
  const domain = { name, version: "1", chainId, verifyingContract };
  const named = Object.fromEntries(
    Object.entries(types).map(([type, members]) => [type, [...members]]),
  );
  return signer.signTypedData(domain, named, words);
}

/** As the contracts write the type of a statement. */
function fields(signature: string): readonly TypedDataField[] {
  return signature.split(",").map((member) => {
    const [type, name] = member.split(" ");
    return { type: type!, name: name! };
  });
}
