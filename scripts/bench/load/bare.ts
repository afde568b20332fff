import { encodeBytes32String, hexlify, toUtf8Bytes, type Wallet } from "ethers";
import type { OrderTermsStruct } from "../../../typechain-types/order/IPurchaseOrders.ts";
import { connectContracts } from "../../deploy/contracts.ts";
import { takenInTurn, type Turn } from "./driven.ts";
import type { Stage } from "./stage.ts";

const gasLimit = 30_000_000n;
const unit = hexlify(toUtf8Bytes("KGM"));
let issued = 0;

function termsFor({ cells, arbiter, deliverBy, sandbox }: Stage): OrderTermsStruct {
  return {
    number: encodeBytes32String(`B-${(issued += 1)}`),
    line: 1n,
    seller: takenInTurn(cells, issued).cooperative.id,
    arbiter,
    currency: sandbox.deployment.contracts.DepositCurrency,
    item: encodeBytes32String("RICE"),
    unit,
    quantity: 1_000_000n,
    unitPrice: 650_00n,
    deliverBy: BigInt(deliverBy),
    paymentDays: 30n,
    inspectionDays: 3n,
    termsRoot: encodeBytes32String("bench"),
  };
}

async function signed(
  stage: Stage,
  buyer: Wallet,
  nonce: number,
  terms: OrderTermsStruct,
): Promise<string> {
  const { orders } = connectContracts(stage.sandbox.deployment, buyer);
  const call = await orders.issue.populateTransaction(terms);
  const { chainId } = stage.sandbox.deployment;
  return buyer.signTransaction({ ...call, chainId, nonce, gasLimit, gasPrice: 0n, type: 0 });
}

/** What anybody's script does: call, sign, send, wait for the receipt; every buyer at once. */
export async function runBare(stage: Stage, seconds: number): Promise<Turn> {
  const begun = Date.now();
  const until = begun + seconds * 1000;
  const counts = await Promise.all(
    stage.bareBuyers.map(async (buyer) => {
      const { orders } = connectContracts(stage.sandbox.deployment, buyer);
      let nonce = await stage.provider.getTransactionCount(buyer.address);
      let count = 0;
      for (; Date.now() < until; count += 1) {
        const terms = termsFor(stage);
        await orders.issue.staticCall(terms);
        const raw = await signed(stage, buyer, nonce, terms);
        nonce += 1;
        const hash = (await stage.provider.send("eth_sendRawTransaction", [raw])) as string;
        let receipt: { readonly status: string } | null = null;
        while (receipt === null) {
          const answer: unknown = await stage.provider.send("eth_getTransactionReceipt", [hash]);
          receipt = answer as { readonly status: string } | null;
        }
        if (Number(receipt.status) !== 1) throw new Error(`The bare script's ${hash} failed.`);
      }
      return count;
    }),
  );
  const done = counts.reduce((sum, count) => sum + count, 0);
  return { done, seconds: (Date.now() - begun) / 1000 };
}

/** What the node takes of transactions that are signed already. */
export async function runRaw(stage: Stage, each: number): Promise<Turn> {
  const raws = await Promise.all(
    stage.bareBuyers.map(async (buyer) => {
      const first = await stage.provider.getTransactionCount(buyer.address);
      const list: string[] = [];
      for (let index = 0; index < each; index += 1) {
        list.push(await signed(stage, buyer, first + index, termsFor(stage)));
      }
      return list;
    }),
  );
  const begun = Date.now();
  await Promise.all(
    raws.map(async (list) => {
      for (const raw of list) await stage.provider.send("eth_sendRawTransaction", [raw]);
    }),
  );
  return { done: raws.flat().length, seconds: (Date.now() - begun) / 1000 };
}
