import type { BigNumberish, Signer, TypedDataDomain, TypedDataField } from "ethers";
import { ethers } from "./chain.ts";
import type { Actor, Sheaf } from "./sheaf.ts";
import type { AssignmentStruct } from "../../typechain-types/receivable/IReceivables.ts";

/** What the parties sign for somebody else to hand in, field by field as EIP-712 encodes it. */
export const statements = {
  Acceptance: [
    { name: "termsHash", type: "bytes32" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint40" },
  ],
  Release: [
    { name: "order", type: "uint256" },
    { name: "number", type: "uint16" },
    { name: "receipt", type: "uint256" },
    { name: "quantity", type: "uint48" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint40" },
  ],
  Assignment: [
    { name: "order", type: "uint256" },
    { name: "delivery", type: "uint16" },
    { name: "assignee", type: "address" },
    { name: "price", type: "uint64" },
    { name: "outstanding", type: "uint64" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint40" },
  ],
} as const satisfies Record<string, readonly TypedDataField[]>;

export type StatementKind = keyof typeof statements;
export type Words = Readonly<Record<string, BigNumberish>>;

const contractOf = {
  Acceptance: ["orders", "Sheaf purchase order"],
  Release: ["deliveries", "Sheaf delivery"],
  Assignment: ["receivables", "Sheaf receivable"],
} as const satisfies Record<StatementKind, readonly [keyof Sheaf["addresses"], string]>;

/** The EIP-712 domain of the contract that takes these statements. */
export async function domainOf(
  { addresses }: Sheaf,
  kind: StatementKind,
): Promise<Required<Omit<TypedDataDomain, "salt">>> {
  const [contract, name] = contractOf[kind];
  const { chainId } = await ethers.provider.getNetwork();
  return { name, version: "1", chainId, verifyingContract: addresses[contract] };
}

/** @param changes to the domain that the signer takes itself to sign for */
export async function signStatement(
  sheaf: Sheaf,
  kind: StatementKind,
  words: Readonly<Record<string, unknown>>,
  signer: Signer,
  changes: TypedDataDomain = {},
): Promise<string> {
  const domain = { ...(await domainOf(sheaf, kind)), ...changes };
  return signer.signTypedData(domain, { [kind]: [...statements[kind]] }, words);
}

export interface Release {
  readonly order: bigint;
  readonly number: BigNumberish;
  readonly receipt: bigint;
  readonly quantity: bigint;
  readonly nonce: bigint;
  readonly deadline: BigNumberish;
}

/** The seller's word that the buyer may fetch goods. */
export function signRelease(sheaf: Sheaf, by: Actor, words: Release): Promise<string> {
  return signStatement(sheaf, "Release", { ...words }, by.signer);
}

export interface Acceptance {
  readonly termsHash: string;
  readonly nonce: bigint;
  readonly deadline: BigNumberish;
}

/** The seller's word that it accepts an order on these terms. */
export function signAcceptance(sheaf: Sheaf, by: Actor, words: Acceptance): Promise<string> {
  return signStatement(sheaf, "Acceptance", { ...words }, by.signer);
}

/** The holder's word that it sells a receivable. */
export function signAssignment(sheaf: Sheaf, by: Actor, words: AssignmentStruct): Promise<string> {
  return signStatement(sheaf, "Assignment", { ...words }, by.signer);
}
