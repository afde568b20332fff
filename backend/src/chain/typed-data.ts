import { Signature, TypedDataEncoder, keccak256, verifyTypedData } from "ethers";
import type { Act, Contracts } from "./contracts.ts";
import { isValidByContract } from "./message-signature.ts";
import type { Rpc } from "./rpc.ts";

const fields = {
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
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

/** What somebody signs for somebody else to hand in; all but permits are taken by contracts of the deployment. */
type ConsentKind = keyof typeof fields;
export type Statement = Exclude<ConsentKind, "Permit">;

const takers = {
  Acceptance: ["PurchaseOrders", "Sheaf purchase order"],
  Release: ["Deliveries", "Sheaf delivery"],
  Assignment: ["Receivables", "Sheaf receivable"],
} as const satisfies Record<Statement, readonly [string, string]>;

interface Domain {
  readonly name: string;
  readonly version: string;
  readonly chainId: number;
  readonly verifyingContract: string;
}

/** EIP-712, as `eth_signTypedData_v4` takes it; integers as decimal text. */
export interface TypedData {
  readonly domain: Domain;
  readonly types: Readonly<
    Record<string, readonly { readonly name: string; readonly type: string }[]>
  >;
  readonly primaryType: ConsentKind;
  readonly message: Readonly<Record<string, string>>;
}

const domainFields = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
];

/** A statement for the contract of the deployment that takes it. */
export function statementFor(
  { deployment }: Contracts,
  kind: Statement,
  message: TypedData["message"],
): TypedData {
  const [contract, name] = takers[kind];
  const { chainId, contracts } = deployment;
  const domain = { name, version: "1", chainId, verifyingContract: contracts[contract] };
  return typedData(domain, kind, message);
}

/** An ERC-2612 permit of a currency. */
export function permitFor(domain: Domain, message: TypedData["message"]): TypedData {
  return typedData(domain, "Permit", message);
}

function typedData(
  domain: Domain,
  primaryType: ConsentKind,
  message: TypedData["message"],
): TypedData {
  const types = { EIP712Domain: domainFields, [primaryType]: fields[primaryType] };
  return { domain, types, primaryType, message };
}

/** The bytes whose keccak256 is signed: 0x1901, the domain and the message. */
export function bytesToSign({ domain, primaryType, message }: TypedData): string {
  return TypedDataEncoder.encode(domain, mutable(primaryType), message);
}

export function digestOf(data: TypedData): string {
  return keccak256(bytesToSign(data));
}

/** Whether an account has signed this: itself, or, by ERC-1271, the contract that it is. */
export async function hasConsented(
  rpc: Rpc,
  account: string,
  data: TypedData,
  signature: string,
): Promise<boolean> {
  try {
    const { domain, primaryType, message } = data;
    if (verifyTypedData(domain, mutable(primaryType), message, signature) === account) return true;
  } catch {
    // Of a contract it may have any form.
  }
  return isValidByContract(rpc, account, digestOf(data), signature);
}

/**
 * An act of a contract that takes mandates, with a permit before it in the same transaction.
 * @throws Error for what is no signature of an account
 */
export function withPermit(
  contracts: Contracts,
  act: Act & { readonly contract: "Receivables" | "Facilities" },
  permit: {
    readonly token: string;
    readonly owner: string;
    readonly amount: bigint;
    readonly deadline: number;
    readonly signature: string;
  },
): Act {
  const { token, owner, amount, deadline } = permit;
  const { v, r, s } = Signature.from(permit.signature);
  const args = [token, owner, amount, deadline, v, r, s] as const;
  const { data } = contracts.act(act.contract, "permit", [...args]);
  const both = contracts.act(act.contract, "multicall", [[data, act.data]]);
  return { ...both, ...(act.renames && { renames: act.renames }) };
}

function mutable(kind: ConsentKind): Record<string, { name: string; type: string }[]> {
  return { [kind]: [...fields[kind]] };
}
