import { expect } from "chai";
import type { Contract } from "ethers";
import { least, most, shareDown, valueHalfUp } from "../../../backend/src/math/amounts.ts";
import { borrowingBase } from "../../../backend/src/math/borrowing-base.ts";
import { dayOf } from "../../../backend/src/math/calendar.ts";
import { accrue, afterPayment, interestDue } from "../../../backend/src/math/interest.ts";
import { toLender } from "../../../backend/src/math/waterfall.ts";
import { Seeded } from "../../../scripts/random/seeded.ts";
import { load } from "../../support/chain.ts";
import { ask, deployTestContract } from "../../support/test-contract.ts";

const cases = 1000;
/** So many in one call. */
const batch = 250;

const harness = (): Promise<Contract> => deployTestContract("math/MathHarness.sol");

/** Numbers as the contracts hold them: one in three is an edge, the others are of every length. */
class Draw {
  private readonly seeded: Seeded;

  constructor(seed: number) {
    this.seeded = new Seeded(seed);
  }

  unsigned(bits: number): bigint {
    const end = 1n << BigInt(bits);
    if (this.seeded.below(3n) === 0n) return this.seeded.pick([0n, 1n, 2n, end - 2n, end - 1n]);
    return this.seeded.below(1n << (this.seeded.below(BigInt(bits)) + 1n));
  }

  signed(bits: number): bigint {
    return this.flag() ? this.unsigned(bits - 1) : -this.unsigned(bits - 1);
  }

  /** 0 … `last` */
  upTo(last: bigint): bigint {
    if (this.seeded.below(4n) === 0n) return this.seeded.pick([0n, last]);
    return this.seeded.below(last + 1n);
  }

  bps(): number {
    return Number(this.upTo(10_000n));
  }

  day(): number {
    return Number(this.unsigned(16));
  }

  flag(): boolean {
    return this.seeded.below(2n) === 0n;
  }

  pick<T>(from: readonly T[]): T {
    return this.seeded.pick(from);
  }

  /** A number beside a multiple of `unit`, or beside the half of one: where rounding turns. */
  nearHalf(unit: bigint, bits: number): bigint {
    const whole = this.unsigned(bits) * unit;
    return whole + this.pick([0n, unit / 2n]) + this.pick([-1n, 0n, 1n]);
  }
}

describe("The rules on chain and off chain", () => {
  async function expectTwins<Case extends object>(
    name: string,
    draw: (draw: Draw) => Case,
    twin: (drawn: Case) => bigint,
  ): Promise<void> {
    const contract = await load(harness);
    // A seed of its own for each rule.
    const source = new Draw(
      Buffer.from(name).reduce((sum, letter) => (sum * 31 + letter) % 65_521, 7),
    );
    const drawn = Array.from({ length: cases }, () => draw(source));
    for (let from = 0; from < cases; from += batch) {
      const asked = drawn.slice(from, from + batch);
      const answers = await ask<readonly bigint[]>(contract, name, asked);
      for (const [index, one] of asked.entries())
        expect(answers[index], shown(one)).to.equal(twin(one));
    }
  }

  it("give the same value to the same goods", () =>
    expectTwins(
      "valueHalfUp",
      (draw) =>
        draw.flag()
          ? { quantity: draw.unsigned(48), unitPrice: draw.unsigned(48) }
          : { quantity: 1n, unitPrice: most(draw.nearHalf(100_000n, 32), 0n) },
      ({ quantity, unitPrice }) => valueHalfUp(quantity, unitPrice),
    ));

  it("take the same share of the same amount", () =>
    expectTwins(
      "shareDown",
      (draw) => ({ amount: draw.unsigned(64), bps: draw.flag() ? draw.bps() : draw.day() }),
      ({ amount, bps }) => shareDown(amount, bps),
    ));

  it("tell the same civil day", () =>
    expectTwins(
      "dayOf",
      (draw) => {
        const utcOffset = Number(draw.signed(18)) % 86_401;
        const midnight = Math.max(draw.day(), 2) * 86_400 - utcOffset;
        return { time: Math.max(midnight - draw.pick([0, 1, 43_200, 86_399]), 86_400), utcOffset };
      },
      ({ time, utcOffset }) => BigInt(dayOf(time, utcOffset)),
    ));

  it("let the same interest run", () =>
    expectTwins(
      "accrue",
      (draw) => {
        const fromDay = draw.day();
        const toDay = Math.max(fromDay, draw.flag() ? fromDay + draw.bps() : draw.day());
        const near = draw.pick([fromDay - 1, fromDay, fromDay + 1, toDay - 1, toDay, draw.day()]);
        return {
          numerator: draw.signed(96),
          principal: draw.unsigned(64),
          fromDay,
          toDay,
          maturityDay: Math.max(near, 0),
          rateBps: draw.bps(),
          penaltyRateBps: draw.bps(),
        };
      },
      (of) => accrue(of.numerator, of.principal, of.fromDay, of.toDay, of),
    ));

  function accrued(draw: Draw) {
    const dayBasis = draw.pick([360, 365]);
    const unit = 10_000n * BigInt(dayBasis);
    return {
      numerator: draw.flag() ? draw.nearHalf(unit, 64) : draw.signed(96),
      interest: draw.unsigned(64),
      dayBasis,
    };
  }

  it("call the same interest due", () =>
    expectTwins("dueHalfUp", accrued, ({ numerator, dayBasis }) =>
      interestDue(numerator, dayBasis),
    ));

  it("let the same interest be paid off", () =>
    expectTwins("afterPayment", accrued, ({ numerator, interest, dayBasis }) =>
      afterPayment(numerator, interest, dayBasis),
    ));

  it("split a payment in the same way", () =>
    expectTwins(
      "toLender",
      (draw) => {
        const principal = draw.unsigned(64);
        const interestDue = draw.unsigned(64);
        return {
          payment: draw.pick([draw.unsigned(64), draw.upTo(principal + interestDue)]),
          interestDue,
          principal,
          base: draw.pick([draw.unsigned(64), draw.upTo(principal)]),
          sweepBps: draw.bps(),
          lenderFirst: draw.flag(),
        };
      },
      toLender,
    ));

  it("let a claim carry the same base", () =>
    expectTwins(
      "borrowingBase",
      (draw) => {
        const quantity = draw.unsigned(48);
        const accepted = draw.upTo(quantity);
        const deliverBy = Number(draw.unsigned(40));
        return {
          isAccepted: draw.upTo(7n) !== 0n,
          quantity,
          unitPrice: draw.unsigned(48),
          deliverBy,
          accepted,
          pending: draw.pick([0n, draw.upTo(quantity - accepted), draw.unsigned(48)]),
          stored: draw.pick([0n, least(draw.unsigned(48), quantity), draw.unsigned(48)]),
          owed: draw.unsigned(64),
          orderAdvanceBps: draw.bps(),
          storedAdvanceBps: draw.bps(),
          acceptedAdvanceBps: draw.bps(),
          time: Math.max(0, deliverBy + draw.pick([-86_400, -1, 0, 0, 0, 1])),
        };
      },
      (of) => borrowingBase(of, of, of.time).total,
    ));
});

function shown(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
}
