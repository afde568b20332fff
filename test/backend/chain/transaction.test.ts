import { expect } from "chai";
import {
  concat,
  decodeRlp,
  encodeRlp,
  Transaction,
  Wallet,
  ZeroAddress,
  type RlpStructuredDataish,
} from "ethers";
import {
  compare,
  preparedOf,
  type PreparedTransaction,
  type UnsignedTransaction,
} from "../../../backend/src/chain/transaction.ts";

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const other = "0x00000000000000000000000000000000000000AA";
const act: Omit<UnsignedTransaction, "fee"> = {
  chainId: 31337,
  nonce: 7,
  to: "0x00000000000000000000000000000000000000FF",
  data: "0x12345678",
  gasLimit: 300_000n,
};
const fees = { "type 0": { gasPrice: 5n }, "type 2": { most: 9_000_000_000n, tip: 2n } } as const;

for (const [name, fee] of Object.entries(fees)) {
  const isLegacy = "gasPrice" in fee;

  describe(`What a wallet hands in for a transaction of ${name}`, () => {
    const wallet = Wallet.createRandom();
    const prepared = preparedOf({ ...act, fee });

    const signed = (changes: object = {}): Promise<string> =>
      wallet.signTransaction({ ...fieldsOf(prepared), ...changes });
    const compared = async (changes: object): Promise<unknown> =>
      compare(wallet.address, prepared, await signed(changes));

    it("is taken where it is just that", async () => {
      const raw = await signed();
      expect(compare(wallet.address, prepared, raw)).to.deep.equal({
        kind: "same",
        hash: Transaction.from(raw).hash,
      });
    });

    const changes: Record<string, object> = {
      chainId: { chainId: 1 },
      nonce: { nonce: 8 },
      to: { to: other },
      data: { data: "0x1234567800" },
      value: { value: 1n },
      gasLimit: { gasLimit: 300_001n },
      ...(isLegacy
        ? { gasPrice: { gasPrice: 6n } }
        : {
            maxFeePerGas: { maxFeePerGas: 9_000_000_001n },
            maxPriorityFeePerGas: { maxPriorityFeePerGas: 3n },
            accessList: { accessList: [{ address: other, storageKeys: [] }] },
          }),
      "nonce, gasLimit": { nonce: 6, gasLimit: 1n },
    };
    for (const [fields, change] of Object.entries(changes)) {
      it(`is told from one with another ${fields}`, async () => {
        expect(await compared(change)).to.deep.equal({
          kind: "different",
          fields: fields.split(", "),
        });
      });
    }

    it("is told from one that makes a contract", async () => {
      expect(await compared({ to: null })).to.deep.equal({ kind: "different", fields: ["to"] });
    });

    it("is told from one that goes to nobody", async () => {
      expect(await compared({ to: ZeroAddress })).to.deep.include({ fields: ["to"] });
    });

    it("is told from one of another kind", async () => {
      const changed = isLegacy
        ? { type: 2, gasPrice: null, maxFeePerGas: 5n, maxPriorityFeePerGas: 5n }
        : { type: 0, gasPrice: 9_000_000_000n, maxFeePerGas: null, maxPriorityFeePerGas: null };
      expect(fieldsIn(await compared(changed))).to.include("type");
      const berlin = { maxFeePerGas: null, maxPriorityFeePerGas: null, gasPrice: 5n };
      expect(fieldsIn(await compared({ ...berlin, type: 1 }))).to.include("type");
    });

    it("is told from one that gives the account's code away (EIP-7702)", async () => {
      const authorization = await wallet.authorize({ address: other, nonce: 8, chainId: 31337 });
      const given = { type: 4, gasPrice: null, authorizationList: [authorization] };
      const price = { maxFeePerGas: 9_000_000_000n, maxPriorityFeePerGas: 2n };
      expect(fieldsIn(await compared({ ...given, ...price }))).to.include("type");
    });

    it("is told from one that somebody else has signed", async () => {
      const raw = await Wallet.createRandom().signTransaction(fieldsOf(prepared));
      expect(compare(wallet.address, prepared, raw)).to.deep.equal({
        kind: "different",
        fields: ["from"],
      });
    });

    it("cannot be read with its signature's twin, which signs the same", async () => {
      const raw = await signed();
      const { s } = Transaction.from(raw).signature!;
      const high = `0x${(order - BigInt(s)).toString(16).padStart(64, "0")}`;
      const twin = rewritten(raw, (fields) => fields.with(-1, high));
      expect(compare(wallet.address, prepared, twin)).to.include({ kind: "unreadable" });
    });

    it("cannot be read with numbers written longer than they are", async () => {
      const raw = await signed();
      // The gas limit: 300,000 in three bytes, and in four.
      const at = isLegacy ? 2 : 4;
      const long = rewritten(raw, (fields) => fields.with(at, "0x000493e0"));
      expect(compare(wallet.address, prepared, long)).to.include({ kind: "unreadable" });
      // The value, which is nothing: no byte, not one that is 0.
      const zero = rewritten(raw, (fields) => fields.with(isLegacy ? 4 : 6, "0x00"));
      expect(compare(wallet.address, prepared, zero)).to.include({ kind: "unreadable" });
    });

    it("cannot be read with something behind it, cut short, with a field more or one less", async () => {
      const raw = await signed();
      const wrong = [
        `${raw}00`,
        `${raw}${raw.slice(2)}`,
        raw.slice(0, -2),
        rewritten(raw, (fields) => [...fields, "0x"]),
        rewritten(raw, (fields) => fields.slice(0, -1)),
        prepared.unsigned,
        "0x",
        "0x02",
        "0xc0",
      ];
      for (const bytes of wrong) {
        expect(compare(wallet.address, prepared, bytes), bytes).to.include({ kind: "unreadable" });
      }
    });
  });
}

function fieldsOf({ unsigned: _, ...fields }: PreparedTransaction): object {
  const present = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(present);
}

function fieldsIn(comparison: unknown): readonly string[] {
  return (comparison as { readonly fields?: readonly string[] }).fields ?? [];
}

/** The same transaction with other fields, its signature untouched. */
function rewritten(
  raw: string,
  change: (fields: RlpStructuredDataish[]) => RlpStructuredDataish[],
): string {
  const type = raw.startsWith("0x02") ? "0x02" : "0x";
  const fields = decodeRlp(type === "0x" ? raw : `0x${raw.slice(4)}`);
  return concat([type, encodeRlp(change([...(fields as RlpStructuredDataish[])]))]);
}
