import type { BundleClaim, ProvingContract } from "../../backend/src/proof/bundle.ts";
import type { Hex } from "../../backend/src/proof/hex.ts";
import { isSame, type ChainReader, type Told } from "./chain-reader.ts";
import { counted, hold, type Findings } from "./finding.ts";
import { NodeRefuses } from "./node.ts";

interface Birth {
  readonly contract: ProvingContract;
  readonly event: string;
  /** Of the argument that is the claim's id. */
  readonly name: string;
}

/** How claims come to be: a receipt also by being split off. */
const birthsOf: Readonly<Record<BundleClaim["kind"], readonly Birth[]>> = {
  order: [{ contract: "PurchaseOrders", event: "OrderIssued", name: "order" }],
  receipt: [
    { contract: "WarehouseReceipts", event: "ReceiptIssued", name: "receipt" },
    { contract: "WarehouseReceipts", event: "ReceiptSplit", name: "child" },
  ],
  receivable: [{ contract: "Receivables", event: "ReceivableConfirmed", name: "receivable" }],
};

const nothing: Hex = `0x${"0".repeat(64)}`;

/** Whether claims came to be as it is said, and on what their liens are. */
export async function checkClaimsOnline(reader: ChainReader, findings: Findings): Promise<void> {
  const { claims, state } = reader.bundle;
  if (claims.length === 0) return;
  let roots = 0;
  for (const [place, claim] of claims.entries()) {
    const pointer = `/claims/${String(place)}`;
    const birth = await birthOf(reader, claim, pointer);
    if (await isRootAsSaid(reader, claim, birth, pointer)) roots += 1;
  }
  findings.checked.push(
    `${reader.node.url}: ${counted(claims.length, "claim")} came to be as said, with the terms' root that is said`,
  );
  if (roots < claims.length) {
    findings.notChecked.push(
      `what the roots of ${counted(claims.length - roots, "claim")} were at block ${String(state.block)}: the node no longer knows`,
    );
  }
}

async function birthOf(
  reader: ChainReader,
  { id, kind, termsRoot, transaction }: BundleClaim,
  pointer: string,
): Promise<Told> {
  const receipt = await reader.receipt(transaction, `${pointer}/transaction`);
  const birth = birthsOf[kind]
    .flatMap(({ contract, event, name }) =>
      reader.told(receipt, contract, event).map((told) => ({ told, made: told[name] })),
    )
    .find(({ made }) => isSame(made, id))?.told;
  hold(birth !== undefined, `${pointer}/transaction`, `did not make this ${kind}`);
  const terms = birth["terms"] as { readonly termsRoot: string } | undefined;
  const root = terms?.termsRoot ?? nothing;
  hold(root === termsRoot, `${pointer}/termsRoot`, `is ${root} on chain`);
  return birth;
}

/** False where the node has forgotten the block's state. */
async function isRootAsSaid(
  reader: ChainReader,
  { id, kind, root }: BundleClaim,
  birth: Told,
  pointer: string,
): Promise<boolean> {
  if (kind === "order") return true;
  const { block } = reader.bundle.state;
  const asked =
    kind === "receipt"
      ? reader.view("WarehouseReceipts", "rootOf", [id], block)
      : reader.view("Receivables", "rootOf", [birth["order"], birth["delivery"]], block);
  let answer: unknown;
  try {
    answer = await asked;
  } catch (error) {
    if (error instanceof NodeRefuses) return false;
    throw error;
  }
  hold(isSame(answer, root ?? nothing), `${pointer}/root`, `is ${String(answer)} on chain`);
  return true;
}
