import { bundleFormat, provingContracts } from "../../backend/src/proof/bundle.ts";
import { documentKinds } from "../../backend/src/proof/document.ts";

const bytes = (count: number): object => ({
  type: "string",
  pattern: `^0x[0-9a-f]{${String(2 * count)}}$`,
});
const anyBytes = { type: "string", pattern: "^0x([0-9a-f]{2})*$" };
const hash = bytes(32);
const account = bytes(20);
const digest = { type: "string", pattern: "^[0-9a-f]{64}$" };
const whole = (minimum: number): object => ({
  type: "integer",
  minimum,
  maximum: Number.MAX_SAFE_INTEGER,
});
const text = { type: "string", minLength: 1, maxLength: 2000 };
const listOf = (items: object): object => ({ type: "array", items });
const orNull = (schema: object): object => ({ anyOf: [{ type: "null" }, schema] });

/** With these names and no others. */
function exactly(properties: Readonly<Record<string, object>>): object {
  return {
    type: "object",
    required: Object.keys(properties),
    properties,
    additionalProperties: false,
  };
}

const nodes = listOf(anyBytes);

/** The form of a bundle; whether what it says holds is another matter. */
export const bundleSchema = exactly({
  format: { const: bundleFormat },
  of: text,
  isWhole: { type: "boolean" },
  chain: exactly({
    chainId: whole(1),
    genesisHash: hash,
    contracts: exactly(Object.fromEntries(provingContracts.map((name) => [name, account]))),
  }),
  state: exactly({
    block: whole(0),
    hash,
    time: whole(0),
    proofs: orNull(
      exactly({
        header: anyBytes,
        accounts: listOf(
          exactly({
            contract: { enum: ["Liens", "Provenance"] },
            proof: nodes,
            slots: listOf(exactly({ slot: hash, proof: nodes })),
          }),
        ),
      }),
    ),
  }),
  record: listOf(exactly({ party: account, last: whole(1) })),
  events: listOf(
    exactly({
      event: { type: "object" },
      party: account,
      sequence: whole(1),
      sha256: digest,
      hash: digest,
      recordTime: whole(0),
      anchor: orNull(
        exactly({
          root: hash,
          first: whole(1),
          count: whole(1),
          index: whole(0),
          proof: listOf(hash),
          transaction: hash,
          block: whole(0),
          at: whole(0),
          by: account,
        }),
      ),
    }),
  ),
  claims: listOf(
    exactly({
      id: hash,
      kind: { enum: ["order", "receipt", "receivable"] },
      root: orNull(hash),
      termsRoot: hash,
      transaction: hash,
    }),
  ),
  liens: listOf(
    exactly({
      root: hash,
      isEncumbered: { type: "boolean" },
      lender: orNull(account),
      facility: orNull(hash),
      transaction: orNull(hash),
    }),
  ),
  documents: listOf(
    exactly({
      root: hash,
      kind: { enum: documentKinds },
      party: account,
      fields: {
        ...listOf(exactly({ name: text, value: text, salt: hash, proof: listOf(hash) })),
        minItems: 1,
      },
    }),
  ),
  digest,
  seal: orNull(exactly({ by: account, signature: bytes(65) })),
});
