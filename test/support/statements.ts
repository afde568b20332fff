import type { BigNumberish } from "ethers";
import { signStatement, type Words } from "./signing.ts";
import type { Actor, Sheaf } from "./sheaf.ts";
import type { AssignmentStruct } from "../../typechain-types/receivable/IReceivables.ts";

export interface Release {
  readonly order: bigint;
  readonly number: BigNumberish;
  readonly receipt: bigint;
  readonly quantity: bigint;
  readonly nonce: bigint;
  readonly deadline: BigNumberish;
}

/** The seller's word that the buyer may fetch goods. */
export function signRelease(sheaf: Sheaf, { signer }: Actor, words: Release): Promise<string> {
  return signStatement(sheaf, "Release", { ...words }, signer);
}

export interface Acceptance {
  readonly termsHash: string;
  readonly nonce: bigint;
  readonly deadline: BigNumberish;
}

/** The seller's word that it accepts an order on these terms. */
export function signAcceptance(
  sheaf: Sheaf,
  { signer }: Actor,
  words: Acceptance,
): Promise<string> {
  return signStatement(sheaf, "Acceptance", { ...words }, signer);
}

/** The holder's word that it sells a receivable. */
export function signAssignment(
  sheaf: Sheaf,
  { signer }: Actor,
  words: AssignmentStruct,
): Promise<string> {
  return signStatement(sheaf, "Assignment", { ...words } as Words, signer);
}
