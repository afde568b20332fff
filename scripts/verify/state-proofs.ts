import type { AccountState, Bundle } from "../../backend/src/proof/bundle.ts";
import { headerOf } from "../../backend/src/proof/block-header.ts";
import type { Hex } from "../../backend/src/proof/hex.ts";
import { slotOf, storageRootOf } from "../../backend/src/proof/state-proof.ts";
import { anchorIn, anchorSlots, loanIn, loanSlot } from "../../backend/src/proof/storage.ts";
import { counted, DoesNotHold, hold, type Findings } from "./finding.ts";

/** What the storage of the contracts holds by the bundle's own proofs: all of it hangs on the block's hash alone. */
export function checkStateProofs(bundle: Bundle, findings: Findings): void {
  const { state } = bundle;
  if (state.proofs === null) {
    findings.notChecked.push("the state of the contracts: the bundle has no proofs of it");
    return;
  }
  const { stateRoot } = headerOf(state.proofs.header);
  const proven = new Map<string, bigint>();
  state.proofs.accounts.forEach((account, place) => {
    const pointer = `/state/proofs/accounts/${String(place)}`;
    const address = bundle.chain.contracts[account.contract];
    for (const [slot, value] of wordsOf(stateRoot, address, account, pointer)) {
      const name = `${account.contract} ${slot}`;
      hold(!proven.has(name), pointer, "proves the same twice");
      proven.set(name, value);
    }
  });
  const wanted = new Set<string>();
  const wordIn = (contract: AccountState["contract"], slot: Hex): bigint | undefined => {
    wanted.add(`${contract} ${slot}`);
    return proven.get(`${contract} ${slot}`);
  };
  const anchors = checkAnchors(bundle, (slot) => wordIn("Provenance", slot));
  const liens = checkLiens(bundle, (slot) => wordIn("Liens", slot));
  const strange = [...proven.keys()].find((name) => !wanted.has(name));
  hold(
    strange === undefined,
    "/state/proofs/accounts",
    `prove what nothing here asks for: ${strange ?? ""}`,
  );
  findings.checked.push(
    `by proofs of the state of block ${String(state.block)} (${state.hash}): ` +
      `${counted(anchors, "root is", "roots are")} anchored as said, ` +
      `${counted(liens, "lien is", "liens are")} as said`,
  );
  const unproven = bundle.liens.length - liens;
  if (unproven > 0) {
    findings.notChecked.push(
      `the state of ${counted(unproven, "lien")}: the bundle has no proof of it`,
    );
  }
}

function wordsOf(
  stateRoot: Hex,
  address: Hex,
  { contract, proof, slots }: AccountState,
  pointer: string,
): [slot: Hex, value: bigint][] {
  const storage = attempt(() => storageRootOf(stateRoot, address, proof));
  hold(
    storage !== undefined,
    `${pointer}/proof`,
    "does not lead from the block's state to the contract",
  );
  hold(storage !== null, `${pointer}/proof`, `shows that there is no ${contract} at ${address}`);
  return slots.map((each, at) => {
    const value = attempt(() => slotOf(storage, each.slot, each.proof));
    const own = `${pointer}/slots/${String(at)}`;
    if (value === undefined) throw new DoesNotHold(own, "does not lead to what the slot holds");
    return [each.slot, value];
  });
}

function checkAnchors(
  { events, state }: Bundle,
  wordIn: (slot: Hex) => bigint | undefined,
): number {
  const roots = new Set<string>();
  events.forEach(({ anchor }, place) => {
    if (anchor === null) return;
    const pointer = `/events/${String(place)}/anchor`;
    hold(anchor.block <= state.block, `${pointer}/block`, "is after the block of the bundle");
    hold(anchor.at <= state.time, `${pointer}/at`, "is after the block of the bundle");
    const [first, second] = anchorSlots(anchor.root).map(wordIn);
    if (first === undefined || second === undefined) {
      throw new DoesNotHold(pointer, "the bundle proves the state, and not of this root");
    }
    const onChain = anchorIn(first, second);
    hold(onChain !== null, `${pointer}/root`, "is not anchored, by the state of the block");
    for (const name of ["by", "at", "first", "count"] as const) {
      hold(
        onChain[name] === anchor[name],
        `${pointer}/${name}`,
        `is ${String(onChain[name])} on chain`,
      );
    }
    roots.add(anchor.root);
  });
  return roots.size;
}

function checkLiens({ liens }: Bundle, wordIn: (slot: Hex) => bigint | undefined): number {
  const proven = liens.filter(({ root, isEncumbered }, place) => {
    const word = wordIn(loanSlot(root));
    if (word === undefined) return false;
    const says = `is ${String(!isEncumbered)}, by the state of the block`;
    hold(loanIn(word).isEncumbered === isEncumbered, `/liens/${String(place)}/isEncumbered`, says);
    return true;
  });
  return proven.length;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
