import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Turns } from "../../../backend/src/http/turns.ts";

/** Milliseconds: more than a turn gives to work while nothing else takes time. */
const piece = 6;

function busy(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

describe("Work of many turns", () => {
  it("is begun at once where the turn has time, and else one after another with other work between", async () => {
    const turns = new Turns();
    const said: string[] = [];
    const work = (name: string) => (): void => {
      said.push(name);
      busy(piece);
    };
    const others = setInterval(() => said.push("."), 1);
    for (const name of ["a", "b", "c"]) turns.begin(work(name), false);
    expect(said).to.deep.equal(["a"]);
    while (said.filter((name) => name !== ".").length < 3) await sleep(1);
    clearInterval(others);
    expect(said.join("")).to.match(/^a\.+b\.+c/);
  });

  it("lets no more than one of four be long while short ones wait, and no kind wait for ever", async () => {
    const turns = new Turns();
    const said: string[] = [];
    const work = (name: string) => (): void => void said.push(name);
    turns.begin(() => {
      busy(piece);
    }, false);
    for (let each = 0; each < 4; each += 1) turns.begin(work("long"), true);
    for (let each = 0; each < 6; each += 1) turns.begin(work("short"), false);
    while (said.length < 10) await sleep(1);
    expect(said.slice(0, 8).filter((name) => name === "long")).to.have.length(2);
  });

  it("waits while callers come, but not for long", async () => {
    const turns = new Turns();
    let begun: number | undefined;
    turns.begin(() => {
      busy(piece);
    }, false);
    const since = performance.now();
    turns.begin(() => (begun = performance.now()), false);
    while (begun === undefined) {
      turns.called();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(begun - since).to.be.within(15, 1000);
  });
});
