import type { BundleLien } from "../../backend/src/proof/bundle.ts";
import type { Hex } from "../../backend/src/proof/hex.ts";
import { slotOf, storageRootOf, type StateProof } from "../../backend/src/proof/state-proof.ts";
import { loanIn, loanSlot } from "../../backend/src/proof/storage.ts";
import { isSame, type ChainReader } from "./chain-reader.ts";
import { counted, DoesNotHold, hold, type Findings } from "./finding.ts";
import { NodeRefuses, tag } from "./node.ts";

interface ProofAnswer {
  readonly accountProof: StateProof;
  readonly storageProof: readonly { readonly proof: StateProof }[];
}

/** Whether there were liens as it is said at the bundle's block; and whether that has changed since. */
export async function checkLiensOnline(
  reader: ChainReader,
  stateRoot: Hex,
  findings: Findings,
): Promise<void> {
  const { liens, state } = reader.bundle;
  const tally = { proof: 0, word: 0 };
  for (const [place, lien] of liens.entries()) {
    const pointer = `/liens/${String(place)}`;
    const found =
      (await proven(reader, lien.root, stateRoot, pointer)) ?? (await said(reader, lien.root));
    if (found !== undefined) {
      tally[found.by] += 1;
      const says = `is ${String(found.isEncumbered)} on chain`;
      hold(found.isEncumbered === lien.isEncumbered, `${pointer}/isEncumbered`, says);
    }
    if (lien.transaction !== null) await checkPlaced(reader, lien, lien.transaction, pointer);
    const now = await reader.view("Liens", "isEncumbered", [lien.root], "latest");
    if (now !== lien.isEncumbered) {
      const is = now === true ? "is encumbered by now" : "is no longer encumbered";
      findings.told.push(`${lien.root} ${is}`);
    }
  }
  for (const [how, count] of [
    ["by proof of its state", tally.proof],
    ["by the node's word", tally.word],
  ] as const) {
    if (count === 0) continue;
    findings.checked.push(
      `${reader.node.url}: ${counted(count, "lien is", "liens are")} as said at block ${String(state.block)}, ${how}`,
    );
  }
  const rest = liens.length - tally.proof - tally.word;
  if (rest > 0) {
    findings.notChecked.push(
      `how ${counted(rest, "lien was", "liens were")} at block ${String(state.block)}: the node no longer knows`,
    );
  }
}

interface Found {
  readonly isEncumbered: boolean;
  readonly by: "proof" | "word";
}

/** Undefined where the node gives no proof. */
async function proven(
  { bundle, node }: ChainReader,
  root: Hex,
  stateRoot: Hex,
  pointer: string,
): Promise<Found | undefined> {
  const { Liens } = bundle.chain.contracts;
  const slot = loanSlot(root);
  let answer: ProofAnswer;
  try {
    answer = (await node.ask(
      "eth_getProof",
      Liens,
      [slot],
      tag(bundle.state.block),
    )) as ProofAnswer;
  } catch (error) {
    if (error instanceof NodeRefuses) return undefined;
    throw error;
  }
  try {
    const storage = storageRootOf(stateRoot, Liens, answer.accountProof);
    const [first] = answer.storageProof;
    const word = storage === null ? 0n : slotOf(storage, slot, first?.proof ?? []);
    return { isEncumbered: loanIn(word).isEncumbered, by: "proof" };
  } catch {
    const says = "the node's proof does not lead from the block's state to the lien";
    throw new DoesNotHold(`${pointer}/isEncumbered`, says);
  }
}

/** Undefined where the node has forgotten the block's state. */
async function said(reader: ChainReader, root: Hex): Promise<Found | undefined> {
  const { block } = reader.bundle.state;
  try {
    const answer = await reader.view("Liens", "isEncumbered", [root], block);
    return { isEncumbered: answer === true, by: "word" };
  } catch (error) {
    if (error instanceof NodeRefuses) return undefined;
    throw error;
  }
}

async function checkPlaced(
  reader: ChainReader,
  { root, facility, lender }: BundleLien,
  transaction: Hex,
  pointer: string,
): Promise<void> {
  const receipt = await reader.receipt(transaction, `${pointer}/transaction`);
  const isPlaced = reader
    .told(receipt, "Liens", "LienPlaced")
    .some(
      (told) =>
        isSame(told["root"], root) &&
        isSame(told["facility"], facility ?? "0x0") &&
        String(told["lender"]).toLowerCase() === lender,
    );
  hold(isPlaced, `${pointer}/transaction`, "did not place this lien");
}
