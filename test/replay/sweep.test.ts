import { expect } from "chai";
import { readArguments } from "../../scripts/replay/arguments.ts";
import { EventQueue, type Phase } from "../../scripts/replay/play/event-queue.ts";
import { Gate } from "../../scripts/replay/play/gate.ts";
import { Tally } from "../../scripts/replay/play/tally.ts";

describe("The queue of what is to come", () => {
  it("gives whole phases, by day and in the order of a day", () => {
    const queue = new EventQueue<string>();
    const due: readonly [number, Phase, string][] = [
      [5, "deliver", "e"],
      [3, "draw", "c"],
      [3, "order", "b"],
      [3, "collect", "a"],
      [3, "draw", "d"],
    ];
    for (const [day, phase, item] of due) queue.push({ day, phase, item });
    const taken = Array.from({ length: 5 }, () => queue.takeNext());
    expect(taken).to.deep.equal([
      { day: 3, phase: "collect", items: ["a"] },
      { day: 3, phase: "order", items: ["b"] },
      { day: 3, phase: "draw", items: ["c", "d"] },
      { day: 5, phase: "deliver", items: ["e"] },
      undefined,
    ]);
  });

  it("stays sorted through thousands of comings and goings", () => {
    const queue = new EventQueue<number>();
    let seed = 7;
    const next = (): number => (seed = (seed * 48_271) % 2_147_483_647);
    const days: number[] = [];
    for (let round = 0; round < 2_000; round += 1) {
      const day = (days.at(-1) ?? 0) + (next() % 50);
      queue.push({ day, phase: "order", item: day });
      queue.push({ day: day + (next() % 90), phase: "collect", item: day });
      if (round % 3 === 0) days.push(queue.takeNext()!.day);
    }
    while (queue.size > 0) days.push(queue.takeNext()!.day);
    expect(days).to.deep.equal([...days].sort((a, b) => a - b));
  });
});

describe("The gate", () => {
  it("lets no more through at a time than it is wide, and opens after a failure too", async () => {
    const gate = new Gate(3);
    let [inside, most] = [0, 0];
    const work = async (index: number): Promise<void> => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 2));
      inside -= 1;
      if (index % 4 === 0) throw new Error("one of them");
    };
    const all = Array.from({ length: 20 }, (_, index) => gate.pass(() => work(index)));
    const settled = await Promise.allSettled(all);
    expect(settled.filter(({ status }) => status === "rejected")).to.have.length(5);
    expect(most).to.equal(3);
  });
});

describe("The tally", () => {
  it("weighs days by amount and by line, with and without financing", () => {
    const [buyer, seller, lender] = ["0x1", "0x2", "0x3"] as const;
    const tally = new Tally();
    tally.mint(buyer, 40_000n);
    tally.mint(lender, 6_000n);
    tally.advance(lender, seller, 6_000n);
    tally.pay(buyer, seller, lender, {
      advance: 6_000n,
      advancedAfter: 0,
      toLender: 6_100n,
      principal: 6_000n,
      toSeller: 3_900n,
      paidAfter: 100,
    });
    tally.pay(buyer, seller, lender, {
      advance: 0n,
      advancedAfter: 0,
      toLender: 0n,
      principal: 0n,
      toSeller: 30_000n,
      paidAfter: 20,
    });
    const days = tally.daysToCash();
    expect(days.without).to.deep.equal({ weighted: 40, plain: 60 });
    // (6,000 × 0 + 3,900 × 100 + 30,000 × 20) ÷ 39,900; lines: 39.39 and 20 days
    expect(days.with).to.deep.equal({ weighted: 24.8, plain: 29.6 });
    expect(tally.interest).to.equal(100n);
    expect(Object.fromEntries(tally.cash)).to.deep.equal({
      "0x1": 0n,
      "0x2": 39_900n,
      "0x3": 6_100n,
    });
  });

  it("has no mean of nothing", () => {
    const nothing = { weighted: null, plain: null };
    expect(new Tally().daysToCash()).to.deep.equal({ without: nothing, with: nothing });
  });
});

describe("The replay's command line", () => {
  const wrong: readonly [args: readonly string[], says: RegExp][] = [
    [[], /FILE\.csv is missing/],
    [["a.csv", "b.csv"], /One order book at a time; also given: b\.csv/],
    [["a.csv", "--limit", "abc"], /--limit is a number of rows, at least 1, not "abc"/],
    [["a.csv", "--limit", "0"], /--limit/],
    [["a.csv", "--limit"], /--limit/],
    [["a.csv", "--speed", "9"], /--speed/],
    [["a.csv", "--url", "localhost"], /--url is an address/],
  ];
  for (const [args, says] of wrong) {
    it(`refuses "${args.join(" ")}"`, () => {
      expect(() => readArguments(args)).to.throw(says);
    });
  }

  it("takes all its options", () => {
    expect(readArguments(["a.csv", "--limit", "10", "--json"])).to.include({
      file: "a.csv",
      limit: 10,
      json: true,
    });
  });
});
