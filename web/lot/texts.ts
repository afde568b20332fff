import type { Fault, Finding, Whole } from "./checking.ts";

/** What the check says, in one language. */
export interface Texts {
  readonly whole: Readonly<Record<Whole | "unread", (counts: Counts) => string>>;
  readonly verdicts: Readonly<Record<Finding["verdict"], string>>;
  readonly faults: Readonly<Record<Fault, string>>;
  readonly strange: string;
  readonly asked: (host: string) => string;
  readonly askedOwn: (host: string) => string;
  readonly captured: string;
}

export interface Counts {
  readonly all: number;
  readonly verified: number;
  readonly pending: number;
  readonly broken: number;
}

const english: Texts = {
  whole: {
    verified: ({ all }) =>
      `All ${all} steps hold: your browser recomputed them and found each on the chain.`,
    pending: ({ all, verified, pending }) =>
      verified === 0
        ? `None of the ${all} steps is on the chain yet, so nothing is confirmed. That takes a few minutes.`
        : `${verified} ${verified === 1 ? "step holds" : "steps hold"}; ${pending} ${pending === 1 ? "is" : "are"} not on the chain yet. Look again in a few minutes.`,
    broken: ({ broken, all }) =>
      `${broken} of ${all} steps ${broken === 1 ? "does" : "do"} not hold. What is shown for ${broken === 1 ? "it" : "them"} is not what was put on record. Do not rely on this page.`,
    unreachable: () =>
      "The chain cannot be reached. What could be recomputed holds, but nobody was there to confirm it. Try again, or ask another node below.",
    otherChain: () => "The node that was asked is of another chain. Nothing was confirmed.",
    empty: () => "There is nothing to check.",
    unread: () =>
      "The proofs could not be loaded. Nothing was checked. Try to load the page again.",
  },
  verdicts: {
    verified: "verified",
    pending: "not on the chain yet",
    broken: "does not hold",
    unasked: "recomputed, not confirmed",
    sealed: "on the chain, not shown",
  },
  faults: {
    form: "It has not the form of an event.",
    sha256: "Its content is not that of its fingerprint: it was changed.",
    hash: "Its event hash is not that of its content: it was changed.",
    root: "Its fingerprint does not lead to the number on the chain: it was changed, or put there later.",
    unanchored: "The chain does not know the number that it leads to.",
    otherTree: "The chain has kept something else under this number.",
  },
  strange: "It is on this page, but not among the proofs.",
  asked: (host) => `Asked: ${host}.`,
  askedOwn: (host) => `Asked: ${host}, the node of your choice.`,
  captured: "As it was captured, and checked here",
};

const chinese: Texts = {
  whole: {
    verified: ({ all }) => `全部 ${all} 条记录未被改动：您的浏览器重新算过，并在链上逐一找到。`,
    pending: ({ all, verified, pending }) =>
      verified === 0
        ? `全部 ${all} 条记录都尚未上链，因此还没有得到确认。通常几分钟之内完成。`
        : `${verified} 条记录未经改动；${pending} 条尚未上链，请过几分钟再看。`,
    broken: ({ broken, all }) =>
      `${all} 条记录中有 ${broken} 条对不上：所显示的并不是当初记录的内容。请不要相信本页。`,
    unreachable: () =>
      "连不上链。能算的都对得上，但没有得到链上的确认。请重试，或在下方换一个节点。",
    otherChain: () => "所问的节点属于另一条链，没有确认任何内容。",
    empty: () => "没有可以核对的内容。",
    unread: () => "证明没有加载成功，什么也没有核对。请重新打开本页。",
  },
  verdicts: {
    verified: "已核对",
    pending: "尚未上链",
    broken: "对不上",
    unasked: "已计算，未确认",
    sealed: "在链上，内容未公开",
  },
  faults: {
    form: "它不是一条完整的记录。",
    sha256: "内容与指纹不符：被改过。",
    hash: "事件哈希与内容不符：被改过。",
    root: "由指纹算不到链上的那个数：被改过，或是后来加上的。",
    unanchored: "链上没有它所指的那个数。",
    otherTree: "链上这个数所存的是别的内容。",
  },
  strange: "它在本页上，却不在证明之中。",
  asked: (host) => `所问的节点：${host}。`,
  askedOwn: (host) => `所问的节点：${host}（您自己选的）。`,
  captured: "当初的记录（已在此核对）",
};

export function textsFor(tag: string): Texts {
  return tag.startsWith("zh") ? chinese : english;
}
