import { on, open, outcomes, readBy, row, type Row } from "./row.ts";

const order = "/api/v1/orders/:id";
const receipt = "/api/v1/receipts/:id";
const receivable = "/api/v1/receivables/:id";
const far = "2027-09-01T09:00:00+08:00";
const nothingThere = `0x${"7".repeat(64)}`;
const nobody = `0x${"ab".repeat(20)}`;
/** Nobody's word. */
const unsigned = { nonce: "1", deadline: far, signature: "0x00" };
const inTrade = ["operator", "buyer", "cooperative", "warehouse", "lender", "arbiter"] as const;

export const orderRows: readonly Row[] = [
  row(
    `GET ${order}`,
    on(({ order }) => order),
    readBy(...inTrade),
  ),
  row(
    `GET ${order}/deliveries`,
    on(({ order }) => order),
    readBy(...inTrade),
  ),
  row(
    `POST ${order}/acceptance`,
    on(({ issued }) => issued, { body: { termsHash: `0x${"1".repeat(64)}` } }),
    outcomes("403 WrongRole", {
      "409 StaleState": ["cooperative"],
      "404 NotFound": ["otherCooperative"],
    }),
  ),
  row(
    `POST ${order}/cancellation`,
    on(({ order }) => order),
    outcomes("403 WrongRole", {
      "422 Encumbered": ["buyer", "cooperative"],
      "404 NotFound": ["otherBuyer", "otherCooperative"],
    }),
  ),
  row(
    `POST ${order}/lapse`,
    on(({ order }) => order),
    outcomes("403 WrongRole", { "422 NotLapsable": ["buyer"], "404 NotFound": ["otherBuyer"] }),
  ),
  row(
    `POST ${order}/deliveries`,
    on(({ order }) => order, { body: { number: 3, quantity: "0", arrivesBy: far } }),
    outcomes("403 WrongRole", {
      "422 ZeroAmount": ["cooperative"],
      "404 NotFound": ["otherCooperative"],
    }),
  ),
  row(
    `POST ${order}/deliveries/release`,
    on(({ order }) => order, {
      body: { number: 3, receipt: nothingThere, quantity: "1.000", deadline: far },
    }),
    outcomes("403 WrongRole", { "200": ["cooperative"], "404 NotFound": ["otherCooperative"] }),
  ),
  row(
    `POST ${order}/deliveries/fetched`,
    on(({ order }) => order, {
      body: { ...unsigned, number: 3, receipt: nothingThere, quantity: "0" },
    }),
    outcomes("403 WrongRole", { "422 ZeroAmount": ["buyer"], "404 NotFound": ["otherBuyer"] }),
  ),
  row(
    `POST ${order}/deliveries/:number/recall`,
    on(({ order }) => order, { number: 9 }),
    outcomes("403 WrongRole", {
      "422 NoOpenDelivery": ["cooperative", "warehouse"],
      "404 NotFound": ["otherCooperative", "otherWarehouse"],
    }),
  ),
  row(
    `POST ${order}/deliveries/:number/acceptance`,
    on(({ order }) => order, { number: 9, body: { quantity: "1.000" } }),
    outcomes("403 WrongRole", { "422 NoOpenDelivery": ["buyer"], "404 NotFound": ["otherBuyer"] }),
  ),
  row(
    `POST ${order}/deliveries/:number/deemed-acceptance`,
    on(({ order }) => order, { number: 2 }),
    outcomes("422 InspectionOpen"),
    "for anyone, by design",
  ),
  row(
    "GET /api/v1/provenance/claims/:id",
    on(({ order }) => order),
    readBy(...inTrade),
    "of an order",
  ),
  row(
    "GET /api/v1/provenance/claims/:id",
    on(({ free }) => free),
    readBy("operator", "cooperative", "warehouse"),
    "of a receipt",
  ),
  row(
    "GET /api/v1/liens",
    ({ trade }) => ({ query: `buyer=${trade.buyer.id}&number=PO-1` }),
    open("200"),
  ),
  row(
    "GET /api/v1/liens/:id",
    on(({ order }) => order),
    open("200"),
  ),
];

/** An act that is for whoever holds a receipt: the holder gets as far as the rule. */
const holders = (rule: string): Row["outcomes"] =>
  outcomes("404 NotFound", {
    [rule]: ["cooperative"],
    "403 NotPermitted": ["operator", "warehouse"],
  });
const absent = `0x${"7".repeat(64)}`;

export const receiptRows: readonly Row[] = [
  row(
    `GET ${receipt}`,
    on(({ receipt }) => receipt),
    readBy(...inTrade),
    "for an order",
  ),
  row(
    `GET ${receipt}`,
    on(({ free }) => free),
    readBy("operator", "cooperative", "warehouse"),
    "for none",
  ),
  ...["label.svg", "label.pdf"].map((name) =>
    row(
      `GET ${receipt}/${name}`,
      on(({ free }) => free),
      outcomes("404 NotFound", { "409 NoLotOnLabel": ["operator", "cooperative", "warehouse"] }),
    ),
  ),
  row(
    `GET ${receipt}/standing`,
    on(({ receipt }) => receipt),
    readBy(...inTrade),
  ),
  row(
    `POST ${receipt}/earmark`,
    on(({ free }) => free, { body: { order: absent } }),
    holders("422 WrongOrder"),
  ),
  row(
    `POST ${receipt}/unearmark`,
    on(({ free }) => free),
    holders("422 NotEarmarked"),
  ),
  row(
    `POST ${receipt}/release-consent`,
    on(({ free }) => free),
    outcomes("403 WrongRole", { "404 NotFound": ["lender", "otherLender"] }),
    "for no order",
  ),
  row(
    `POST ${receipt}/split`,
    on(({ free }) => free, { body: { quantity: "0", serial: 9 } }),
    holders("422 ZeroAmount"),
  ),
  row(
    `POST ${receipt}/merge`,
    ({ free }) => ({ id: free, absent, body: { into: free } }),
    holders("422 SameReceipt"),
  ),
  row(
    `POST ${receipt}/endorsement`,
    on(({ free }) => free, { body: { to: `0x${"ab".repeat(20)}` } }),
    holders("422 UnknownEndorsee"),
  ),
  row(
    `POST ${receipt}/withdrawal`,
    on(({ free }) => free, { body: { quantity: "0" } }),
    holders("422 ZeroAmount"),
  ),
  row(
    `POST ${receipt}/shrinkage`,
    on(({ free }) => free, { body: { quantity: "0" } }),
    outcomes("403 WrongRole", {
      "422 ZeroAmount": ["warehouse"],
      "404 NotFound": ["otherWarehouse"],
    }),
  ),
];

const inDebt = ["operator", "buyer", "cooperative", "lender", "arbiter"] as const;

export const receivableRows: readonly Row[] = [
  row(
    `GET ${receivable}`,
    on(({ receivable }) => receivable),
    outcomes("404 NoReceivable", { "200": [...inDebt] }),
  ),
  row(
    `POST ${receivable}/payment`,
    on(({ receivable }) => receivable, { body: { amount: "0", outstanding: "6500.00" } }),
    outcomes("403 WrongRole", { "422 ZeroAmount": ["buyer"], "404 NoReceivable": ["otherBuyer"] }),
  ),
  row(
    `POST ${receivable}/offer`,
    on(({ receivable }) => receivable, {
      body: { assignee: nobody, price: "1.00", outstanding: "1.00", deadline: far },
    }),
    outcomes("404 NoReceivable", {
      "400 BadInput": ["cooperative"],
      "403 NotPermitted": ["operator", "buyer", "lender", "arbiter"],
    }),
  ),
  row(
    `POST ${receivable}/assignment`,
    on(({ receivable }) => receivable, {
      body: { ...unsigned, price: "1.00", outstanding: "6500.00" },
    }),
    outcomes("403 WrongRole", { "404 NoReceivable": ["lender", "otherLender"] }),
    "for whoever has the holder's word",
  ),
  row(
    `POST ${receivable}/collection`,
    on(({ receivable }) => receivable),
    outcomes("422 NotDue"),
    "for anyone, by design",
  ),
  row(
    `POST ${receivable}/contest`,
    on(({ receivable }) => receivable, { body: { amount: "0" } }),
    outcomes("403 WrongRole", { "422 ZeroAmount": ["buyer"], "404 NoReceivable": ["otherBuyer"] }),
  ),
  row(
    `POST ${receivable}/ruling`,
    on(({ receivable }) => receivable, { body: { upheld: "0" } }),
    outcomes("403 WrongRole", { "422 NotContested": ["arbiter"] }),
  ),
];
