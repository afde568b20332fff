import { outcomes, row, type Row } from "./row.ts";

/** Who names a thing or a claim gets what is public of its history; proofs of a loan go to those who see the loan. */
export const bundleRows: readonly Row[] = [
  row("GET /api/v1/bundles", ({ order }) => ({ query: `of=${order}` }), outcomes("200")),
];
