import { expect } from "chai";
import type { RawLog } from "../../../backend/src/chain/rpc.ts";
import { RpcFaultStream } from "../../../scripts/faults/proxy/rpc-faults.ts";
import { startRpcProxy } from "../../../scripts/faults/proxy/rpc-proxy.ts";
import { Seeded } from "../../../scripts/random/seeded.ts";
import { startAnvilChain, type AnvilChain } from "../../support/anvil.ts";
import { rebuiltHash, startFollower } from "../../support/follower.ts";
import { Forks } from "../../support/forks.ts";
import {
  startWaywardNode,
  type Door,
  type NodeRequest,
  type Wayward,
} from "../../support/wayward-node.ts";

const blocks = 60;
/** A follower that takes all by range, and one that takes all block by block. */
const ways = { "by range": { journalBlocks: 1 }, "by block": { journalBlocks: 1000 } };

const isRange = ({ method, params }: NodeRequest): boolean =>
  method === "eth_getLogs" && "fromBlock" in (params[0] as object);
const rangeOf = ({ params }: NodeRequest): { from: number; to: number } => {
  const { fromBlock, toBlock } = params[0] as { fromBlock: string; toBlock: string };
  return { from: Number(fromBlock), to: Number(toBlock) };
};

describe("A node that", function () {
  // One that is told to wait a second, a hundred times, takes its time.
  this.timeout(180_000);
  let chain: AnvilChain;
  let head: number;
  let expected: string;
  let random: Seeded;

  before(async () => {
    chain = await startAnvilChain();
    random = new Seeded(20261125);
    await (await Forks.start(chain, random)).act(blocks);
    head = await chain.provider.getBlockNumber();
    expected = await rebuiltHash(chain.url, chain.deployment);
  });

  after(async () => {
    await chain.close();
  });

  /** Follows the chain through this door until all of it is there, whatever fails meanwhile. */
  const followed = async (url: string, changes: { journalBlocks: number }): Promise<string> => {
    const follower = await startFollower(url, chain.deployment, changes);
    try {
      const { engine } = follower;
      for (let tries = 0; tries < 300 && engine.status.block < head; tries += 1) {
        await engine.catchUp();
      }
      expect(engine.status).to.include({ block: head, halted: undefined });
      return await follower.hash();
    } finally {
      await follower.close();
    }
  };

  let asked = 0;
  const isThird = (): boolean => asked++ % 3 === 0;

  const strays = (
    what: string,
    stray: () => Wayward,
    door?: () => Door,
    onlyRange = false,
  ): void => {
    for (const [way, changes] of Object.entries(ways)) {
      if (onlyRange && way !== "by range") continue;
      it(`${what} leaves no gap and nothing twice, ${way}`, async () => {
        asked = 0;
        const node = await startWaywardNode(chain.url, stray(), door?.());
        try {
          expect(await followed(node.url, changes)).to.equal(expected);
          expect(node.strayed).to.be.above(0);
        } finally {
          await node.close();
        }
      });
    }
  };

  for (const message of [
    "query returned more than 10000 results",
    "block range is too wide",
    "exceed maximum block range: 5",
  ]) {
    const refuses: Wayward = (request) => {
      const isWide = isRange(request) && rangeOf(request).to - rangeOf(request).from >= 5;
      return Promise.resolve(isWide ? { error: { code: -32000, message } } : undefined);
    };
    strays(`refuses wide ranges ("${message}")`, () => refuses, undefined, true);
  }

  strays(
    "answers each fourth request with 429 and Retry-After",
    () => () => Promise.resolve(undefined),
    () => (exchange) =>
      exchange > 3 && exchange % 4 === 0
        ? { status: 429, headers: { "retry-after": "1" } }
        : undefined,
  );

  strays("repeats logs, and gives them in any order", () => async (request, ask) => {
    if (request.method !== "eth_getLogs") return undefined;
    const logs = (await ask(request.method, request.params)) as RawLog[];
    return { result: random.shuffled([...logs, ...logs.slice(0, 3)]) };
  });

  strays("gives logs of blocks that are gone, now and then", () => async (request, ask) => {
    if (request.method !== "eth_getLogs" || !isThird()) return undefined;
    const logs = (await ask(request.method, request.params)) as RawLog[];
    const gone = { ...logs[0], blockHash: `0x${"9".repeat(64)}`, removed: true };
    return { result: logs.length === 0 ? null : [...logs, gone] };
  });

  strays(
    "answers with no list, now and then",
    () => (request) =>
      Promise.resolve(request.method === "eth_getLogs" && isThird() ? { result: null } : undefined),
  );

  strays(
    "leaves out whole blocks of a range",
    () => async (request, ask) => {
      if (!isRange(request)) return undefined;
      const logs = (await ask(request.method, request.params)) as RawLog[];
      return { result: logs.filter(({ blockNumber }) => Number(blockNumber) % 3 !== 0) };
    },
    undefined,
    true,
  );

  const turns = ((coin) => Array.from({ length: 997 }, () => Number(coin.below(2n))))(
    new Seeded(5),
  );
  /** Half of the answers are of a node that is some blocks behind. */
  const behind =
    (turnOf: (place: { exchange: number; request: number }) => number): (() => Wayward) =>
    () =>
    async (request, ask, place) => {
      const last = head - 7;
      if (turns[turnOf(place) % turns.length] === 0) return undefined;
      const [first] = request.params;
      const numberOf = async (hash: unknown): Promise<number> => {
        const block = (await ask("eth_getBlockByHash", [hash, false])) as { number: string } | null;
        return Number(block?.number ?? Infinity);
      };
      switch (request.method) {
        case "eth_getBlockByNumber":
          if (first === "latest") {
            return { result: await ask(request.method, [`0x${last.toString(16)}`, false]) };
          }
          return Number(first) > last ? { result: null } : undefined;
        case "eth_getBlockByHash":
          return (await numberOf(first)) > last ? { result: null } : undefined;
        case "eth_getLogs": {
          if (isRange(request)) {
            const logs = (await ask(request.method, request.params)) as RawLog[];
            return { result: logs.filter(({ blockNumber }) => Number(blockNumber) <= last) };
          }
          const { blockHash } = first as { blockHash: string };
          return (await numberOf(blockHash)) > last
            ? { error: { code: -32000, message: "unknown block" } }
            : undefined;
        }
        default:
          return undefined;
      }
    };
  strays(
    "is behind another one beside it",
    behind(({ exchange }) => exchange),
  );
  strays(
    "is behind, with a balancer that parts what is asked together",
    behind(({ request }) => request),
  );

  for (const [way, changes] of Object.entries(ways)) {
    it(`drops, delays, doubles, garbles and refuses a fifth of all, leaves no gap, ${way}`, async () => {
      const rates = { perMille: 200, burstsPerMille: 0, longestBurst: 0, longestDelay: 60 };
      const proxy = await startRpcProxy(chain.url, new RpcFaultStream(new Seeded(1), rates));
      try {
        let tries = 0;
        let hash: string | undefined;
        // The very start of a follower is not repeated by itself: that is its process's to do.
        while (hash === undefined && tries < 20) {
          tries += 1;
          hash = await followed(proxy.url, changes).catch((error: unknown) => {
            if (String(error).includes("AssertionError")) throw error;
            return undefined;
          });
        }
        expect(hash).to.equal(expected);
        expect(proxy.met.size).to.be.above(0);
      } finally {
        await proxy.close();
      }
    });
  }
});
