import { Acts } from "../gas/acts.ts";
import { assembleCast, type Cast } from "../gas/cast.ts";

/** Orders of a season, most of them issued in one batch. */
const orders = 40;
/** Of these: financed before delivery, delivered from store, delivered in two, cancelled by nobody. */
const financed = 12;
const stored = 20;
const inTwo = 10;
const facility = 1;
/** 20,000.000 kg, as `Acts` orders it. */
const quantity = 20_000_000n;

/** A log and a block, as a node gives them. */
export interface RecordedLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

export interface RecordedBlock {
  readonly logsBloom: string;
  readonly logs: readonly RecordedLog[];
}

/** What a season left on a real network: what there was before its parties were admitted, and what follows. */
export interface Recording {
  readonly deployment: Cast["deployment"];
  readonly before: readonly RecordedBlock[];
  readonly season: readonly RecordedBlock[];
  /** Of the season's parties. */
  readonly accounts: readonly string[];
}

/**
 * Plays a season of five parties on a Hardhat network in this process: they are admitted, a facility is opened, 40
 * orders are issued in a batch and accepted, a third is financed, half is stored first, all are delivered, and the
 * debts are paid or collected.
 */
export async function recordSeason(): Promise<Recording> {
  const cast = await assembleCast();
  try {
    await play(new Acts(cast), cast);
    return await record(cast);
  } finally {
    await cast.close();
  }
}

async function play(acts: Acts, cast: Cast): Promise<void> {
  await cast.onDay(0);
  await acts.openFacility(facility);
  await acts.issueOrders(1, orders);
  for (let order = 1; order <= orders; order += 1) await acts.acceptOrder(order);
  for (let order = 1; order <= financed; order += 1)
    await acts.drawDown(facility, order, 30_000_00n);
  for (let order = 1; order <= orders; order += 1) {
    if (order > stored) {
      await acts.despatch(order, 1, 0, quantity);
      await acts.acceptDelivery(order, 1, 0, quantity);
      await acts.pay(order, 1);
      continue;
    }
    await acts.issueReceipt(order, quantity);
    await acts.earmark(order, order);
    if (order > inTwo) {
      await acts.despatch(order, 1, order, quantity);
      await acts.acceptDelivery(order, 1, order, quantity);
    } else {
      for (const number of [1, 2]) {
        await acts.despatch(order, number, order, quantity / 2n);
        await acts.acceptDelivery(order, number, order, quantity / 2n);
      }
    }
  }
  await cast.onDay(30);
  for (let order = 1; order <= stored; order += 1) {
    for (const number of order > inTwo ? [1] : [1, 2]) await acts.collect(order, number);
  }
}

async function record(cast: Cast): Promise<Recording> {
  const { deployment } = cast;
  const head = Number(await cast.request("eth_blockNumber"));
  const blocks: RecordedBlock[] = [];
  const addresses = Object.entries(deployment.contracts)
    .filter(([name]) => name !== "Administration")
    .map(([, address]) => address);
  for (let number = deployment.block; number <= head; number += 1) {
    const tag = `0x${number.toString(16)}`;
    const block = (await cast.request("eth_getBlockByNumber", tag, false)) as RecordedBlock;
    const filter = { fromBlock: tag, toBlock: tag, address: addresses };
    const logs = (await cast.request("eth_getLogs", filter)) as RecordedLog[];
    blocks.push({
      logsBloom: block.logsBloom,
      logs: logs.map(({ address, topics, data }) => ({ address, topics, data })),
    });
  }
  const accounts = [cast.buyer, cast.cooperative, cast.warehouse, cast.lender, cast.arbiter].map(
    ({ address }) => address.toLowerCase(),
  );
  const admitted = blocks.findIndex(({ logs }) =>
    logs.some(({ topics }) => topics[1]?.endsWith(accounts[0]?.slice(2) ?? "") === true),
  );
  return {
    deployment,
    before: blocks.slice(0, admitted),
    season: blocks.slice(admitted).filter(({ logs }) => logs.length > 0),
    accounts,
  };
}
