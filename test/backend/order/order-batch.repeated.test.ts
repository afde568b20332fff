import { expect } from "chai";
import { Contracts } from "../../../backend/src/chain/contracts.ts";
import { contractNames, type Deployment } from "../../../backend/src/chain/deployment.ts";
import { zeroAddress } from "../../../backend/src/chain/hex.ts";
import type { CommandService } from "../../../backend/src/command/command.service.ts";
import type { Intent } from "../../../backend/src/command/intent.ts";
import type { BatchLine, OrderBatchLines } from "../../../backend/src/order/order-batch.lines.ts";
import { OrderBatchService } from "../../../backend/src/order/order-batch.service.ts";
import { noNames } from "../../../backend/src/order/order-source.ts";

const contracts = Object.fromEntries(contractNames.map((name) => [name, zeroAddress]));
const word = `0x${"0".repeat(64)}`;

describe("A batch that is repeated after a crash", () => {
  it("goes on behind the steps that other slices of it have taken", async () => {
    const line: BatchLine = {
      source: { index: 0, line: undefined, fields: {}, named: noNames, faults: [] },
      isExisting: false,
      prepared: {
        id: word,
        number: "A",
        line: 1,
        termsHash: word,
        value: [{ token: zeroAddress, symbol: "CNY", decimals: 2 }, 1n],
        terms: {
          number: word,
          line: 1,
          seller: zeroAddress,
          arbiter: zeroAddress,
          currency: zeroAddress,
          item: word,
          unit: "0x4b474d",
          quantity: 1n,
          unitPrice: 1n,
          deliverBy: 1,
          paymentDays: 0,
          inspectionDays: 1,
          termsRoot: word,
        },
      },
    };
    const steps: number[] = [];
    const commands = {
      resume: () => Promise.resolve(undefined),
      simulate: () => Promise.resolve(undefined),
      submit: (_intent: Intent, act: { data: string }, step: number) => {
        steps.push(step);
        const data = step < 5 ? "0xanother" : act.data;
        return Promise.resolve({ command: { id: `command-${step}`, data }, done: true });
      },
    };
    const batches = new OrderBatchService(
      new Contracts({ contracts } as unknown as Deployment),
      commands as unknown as CommandService,
      { of: () => Promise.resolve([line]) } as unknown as OrderBatchLines,
    );
    const orders = { orders: [{}] };
    const intent = { by: { id: zeroAddress } } as unknown as Intent;
    const answer = await batches.issue(intent, orders, "application/json", {});
    expect(steps).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(answer).to.deep.include({ status: 200, command: "command-0" });
    expect(answer).to.have.nested.property("body.taken", 1);
  });
});
