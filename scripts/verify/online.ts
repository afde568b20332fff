import { getAddress } from "ethers";
import { anchorAnswer, anchorCall } from "../../backend/src/proof/anchor-call.ts";
import { headerBytesOf, headerOf } from "../../backend/src/proof/block-header.ts";
import type { Bundle } from "../../backend/src/proof/bundle.ts";
import type { Hex } from "../../backend/src/proof/hex.ts";
import type { AnchorProof } from "../../backend/src/proof/provable-event.ts";
import { administrativeRoles } from "../deploy/administration.ts";
import { ChainReader } from "./chain-reader.ts";
import { counted, DoesNotHold, hold, type Findings } from "./finding.ts";
import { tag, type Node } from "./node.ts";
import { checkClaimsOnline } from "./online-claims.ts";
import { checkLiensOnline } from "./online-liens.ts";

/**
 * What a node of the chain says of a bundle, which has been checked offline.
 * @throws DoesNotHold, CannotAsk, NodeRefuses
 */
export async function checkOnline(bundle: Bundle, node: Node, findings: Findings): Promise<void> {
  const checked = (what: string): void => {
    findings.checked.push(`${node.url}: ${what}`);
  };
  const reader = new ChainReader(bundle, node);
  await checkChain(reader, checked);
  const stateRoot = await checkBlock(reader, checked);
  await checkCode(reader, checked);
  await checkAnchors(reader, checked);
  await checkSigner(reader, checked);
  await checkClaimsOnline(reader, findings);
  await checkLiensOnline(reader, stateRoot, findings);
}

type Checked = (what: string) => void;

async function checkChain({ bundle, node }: ChainReader, checked: Checked): Promise<void> {
  const { chainId, genesisHash } = bundle.chain;
  const answered = Number(await node.ask("eth_chainId"));
  hold(answered === chainId, "/chain/chainId", `the node is on chain ${String(answered)}`);
  const genesis = await headerAt(node, 0);
  hold(genesis?.["hash"] === genesisHash, "/chain/genesisHash", "the node's chain began otherwise");
  checked(`it is on chain ${String(chainId)}, from genesis ${genesisHash}`);
}

/** The state's root at the bundle's block, from a header whose hash is recomputed. */
async function checkBlock({ bundle, node }: ChainReader, checked: Checked): Promise<Hex> {
  const { block, hash, time } = bundle.state;
  const said = await headerAt(node, block);
  hold(said !== null, "/state/block", "the node has no such block");
  hold(said["hash"] === hash, "/state/hash", `the node has ${String(said["hash"])} there`);
  const header = headerOf(headerBytesOf(said));
  hold(header.hash === hash, "/state/hash", "the node's header of the block has another hash");
  hold(header.time === time, "/state/time", `the block's is ${String(header.time)}`);
  checked(`block ${String(block)} is ${hash}`);
  return header.stateRoot;
}

async function checkCode({ bundle, node }: ChainReader, checked: Checked): Promise<void> {
  for (const [name, address] of Object.entries(bundle.chain.contracts)) {
    const code = await node.ask("eth_getCode", address, "latest");
    const hasCode = typeof code === "string" && code.length > 2;
    hold(hasCode, `/chain/contracts/${name}`, "there is no contract there");
  }
  checked("there are contracts at all addresses of the bundle");
}

async function checkAnchors(reader: ChainReader, checked: Checked): Promise<void> {
  const seen = new Set<Hex>();
  for (const [place, { anchor }] of reader.bundle.events.entries()) {
    if (anchor === null || seen.has(anchor.root)) continue;
    await checkAnchor(reader, anchor, `/events/${String(place)}/anchor`);
    seen.add(anchor.root);
  }
  if (seen.size > 0) {
    checked(`Provenance has ${counted(seen.size, "root")}, anchored when and by whom it is said`);
  }
}

async function checkAnchor(
  reader: ChainReader,
  anchor: AnchorProof,
  pointer: string,
): Promise<void> {
  const { Provenance } = reader.bundle.chain.contracts;
  const data = await reader.node.call(Provenance, anchorCall(anchor.root), "latest");
  let onChain;
  try {
    onChain = anchorAnswer(String(data));
  } catch {
    throw new DoesNotHold("/chain/contracts/Provenance", "answers as no Provenance does");
  }
  hold(onChain !== null, `${pointer}/root`, "was never anchored");
  for (const name of ["by", "at", "first", "count"] as const) {
    const says = `is ${String(onChain[name])} on chain`;
    hold(onChain[name] === anchor[name], `${pointer}/${name}`, says);
  }
  const receipt = await reader.receipt(anchor.transaction, `${pointer}/transaction`);
  hold(
    Number(receipt.blockNumber) === anchor.block,
    `${pointer}/block`,
    "is not the transaction's",
  );
  const isThere = reader
    .told(receipt, "Provenance", "Anchored")
    .some((told) => told["root"] === anchor.root);
  hold(isThere, `${pointer}/transaction`, "did not anchor this root");
}

/** Who has not anchored these events, and signs for them, has at least to hold the office. */
async function checkSigner(reader: ChainReader, checked: Checked): Promise<void> {
  const { seal, events } = reader.bundle;
  if (seal === null || events.some(({ anchor }) => anchor?.by === seal.by)) return;
  const isMember = await reader.view(
    "Administration",
    "hasRole",
    [administrativeRoles.anchoring, seal.by],
    "latest",
  );
  hold(
    isMember === true,
    "/seal/by",
    "does not hold the office of anchoring, and has anchored nothing here",
  );
  checked(`${getAddress(seal.by)}, who has signed the bundle, holds the office of anchoring`);
}

async function headerAt(
  node: Node,
  block: number,
): Promise<Readonly<Record<string, unknown>> | null> {
  const answer = await node.ask("eth_getBlockByNumber", tag(block), false);
  return answer as Readonly<Record<string, unknown>> | null;
}
