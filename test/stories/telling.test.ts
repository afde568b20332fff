import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Driver } from "../../scripts/stories/driver.ts";
import { type Result, tellStories } from "../../scripts/stories/run.ts";
import type { State, Step } from "../../scripts/stories/story.ts";

const sample = readFileSync(new URL("vectors/hail-and-default.json", import.meta.url), "utf8");

/** Answers what the story tells, but for what a test changes. */
class Parrot implements Driver {
  closed = 0;
  private last: Step | null = null;
  private readonly change: (state: State, step: Step) => State;

  constructor(change: (state: State, step: Step) => State = (state) => state) {
    this.change = change;
  }

  setScene(): Promise<void> {
    return Promise.resolve();
  }

  act(step: Step): Promise<string | null> {
    this.last = step;
    return Promise.resolve(step.expect.error);
  }

  observe(): Promise<State> {
    if (this.last === null) throw new Error("nothing has happened");
    return Promise.resolve(this.change(structuredClone(this.last.expect.state), this.last));
  }

  close(): Promise<void> {
    this.closed += 1;
    return Promise.resolve();
  }
}

describe("telling stories", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sheaf-stories-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function write(name: string, json: string): string {
    const path = join(folder, name);
    writeFileSync(path, json);
    return path;
  }

  async function tell(driver: Driver, json = sample): Promise<Result> {
    const files = [write("story.json", json)];
    const [result] = await tellStories({ files, openDriver: () => Promise.resolve(driver) });
    return result!;
  }

  it("passes a story that goes as it is told, and lets go of the driver", async () => {
    const driver = new Parrot();
    expect((await tell(driver)).passed).to.equal(true);
    expect(driver.closed).to.equal(1);
  });

  it("names each field that differs by its path, with both values", async () => {
    const driver = new Parrot((state, step) => {
      if (step.act.do === "shrink") {
        state.orders["PL-1"]!.loan.principal = "18000.01";
        delete state.orders["PL-1"]!.loan.facility;
        state.cash.buyer = "8999.99";
      }
      return state;
    });
    const { passed, differing } = await tell(driver);
    expect(passed).to.equal(false);
    expect(differing.map(({ number }) => number)).to.deep.equal([4]);
    expect(differing[0]!.differences).to.deep.equal([
      { path: "cash.buyer", expected: "9000.00", actual: "8999.99" },
      { path: "orders.PL-1.loan.principal", expected: "18000.00", actual: "18000.01" },
      { path: "orders.PL-1.loan.facility", expected: "PLUM", actual: null },
    ]);
  });

  it("names a refusal that was not to be, and a receipt that should not be there", async () => {
    const driver = new Parrot((state) => ({
      ...state,
      receipts: { ...state.receipts, T9: { quantity: "1.000" } },
    }));
    driver.act = function (step) {
      return Parrot.prototype.act.call(this, step).then(() => "Paused");
    };
    const { differing } = await tell(driver);
    expect(differing[0]!.differences).to.deep.equal([
      { path: "error", expected: null, actual: "Paused" },
      { path: "receipts.T9.quantity", expected: null, actual: "1.000" },
    ]);
  });

  it("takes a repaid loan, a settled receivable and an emptied receipt for gone from chain", async () => {
    const gone = new Parrot((state) => {
      const order = state.orders["PL-1"]!;
      if (order.loan.status === "Repaid") {
        order.loan = { status: "None", principal: "0.00", interestDue: "0.00" };
      }
      if (state.receipts["T1"]?.quantity === "0.000") state.receipts = {};
      if (order.receivables["1"]?.status === "Settled") order.receivables = {};
      return state;
    });
    expect((await tell(gone)).passed).to.equal(true);
    const denied = new Parrot((state) => {
      state.orders["PL-1"]!.loan = { status: "None", principal: "0.00", interestDue: "0.00" };
      return state;
    });
    expect((await tell(denied)).passed).to.equal(false);
  });

  it("goes on with the next story, and another driver, after one came to grief", async () => {
    const drivers = [new Parrot(), new Parrot()];
    drivers[0]!.setScene = () => Promise.reject(new Error("no such network"));
    const waiting = [...drivers];
    const results = await tellStories({
      files: [write("a.json", sample), write("b.json", "{}"), write("c.json", sample)],
      openDriver: () => Promise.resolve(waiting.shift()!),
    });
    expect(results.map(({ file, passed }) => [file, passed])).to.deep.equal([
      ["a.json", false],
      ["b.json", false],
      ["c.json", true],
    ]);
    expect(results[0]!.failure).to.equal("setting the scene: no such network");
    expect(drivers.map(({ closed }) => closed)).to.deep.equal([1, 1]);
  });

  it("leaves out other levels, but never a file that is no story", async () => {
    const files = [write("a.json", sample), write("b.json", "[")];
    const openDriver = () => Promise.resolve(new Parrot());
    const results = await tellStories({ files, level: 1, openDriver });
    expect(results.map(({ file, passed }) => [file, passed])).to.deep.equal([["b.json", false]]);
  });
});
