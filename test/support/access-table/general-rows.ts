import { facilityTerms, orderBody } from "../trade-acts.ts";
import { nothing, onParty, open, outcomes, readBy, row, type Asked, type Row } from "./row.ts";

const unknownAccount = `0x${"ab".repeat(20)}`;
const signedIn = outcomes("200");
const farAway = "2027-09-01T09:00:00+08:00";
const absentOperation = `0x${"7".repeat(64)}`;
const absentCommand = "00000000-0000-4000-8000-000000000000";
const command = "/api/v1/commands/:id";
const ofCommand =
  (body?: Asked["body"]): Row["asks"] =>
  (stage) => ({ id: stage.command, absent: absentCommand, ...(body !== undefined && { body }) });
/** It is final: whose it is gets as far as its state. */
const onCommand = (refusal: string): Row["outcomes"] =>
  outcomes("404 NotFound", { [refusal]: ["buyer"] });

/** Who signs in, who takes part, and what a sandbox has besides. */
export const generalRows: readonly Row[] = [
  row("POST /api/v1/auth/sandbox", () => ({ body: { party: "nobody" } }), open("400 BadInput")),
  row(
    "POST /api/v1/auth/refresh",
    () => ({ body: { refreshToken: "x" } }),
    open("401 InvalidToken"),
  ),
  row("POST /api/v1/auth/nonce", nothing, open("200")),
  row(
    "POST /api/v1/auth/wallet",
    () => ({ body: { message: "Let me in.", signature: "0x00" } }),
    open("400 BadInput"),
  ),
  row("POST /api/v1/auth/sign-out", () => ({ body: { refreshToken: "x" } }), open("204")),
  row("GET /api/v1/auth/me", nothing, signedIn),
  row("GET /api/v1/events", nothing, signedIn),
  row(`GET ${command}`, ofCommand(), readBy("buyer")),
  row("GET /api/v1/commands", nothing, signedIn),
  row(`POST ${command}/approval`, ofCommand(), onCommand("409 NotAwaitingApproval")),
  row(`POST ${command}/rejection`, ofCommand({}), onCommand("409 NotAwaitingApproval")),
  row(`POST ${command}/transaction`, ofCommand({ raw: "0x02" }), onCommand("409 NotToBeSigned")),
  row("GET /api/v1/currencies", nothing, signedIn),
  row("GET /api/v1/parties", nothing, signedIn),
  row("GET /api/v1/parties/:id", onParty("buyer"), signedIn),
  row(
    "POST /api/v1/parties",
    ({ trade }) => ({ body: { name: "Again", roles: ["buyer"], key: trade.buyer.id } }),
    outcomes("403 WrongRole", { "409 AlreadyAdmitted": ["operator"] }),
  ),
  row(
    "POST /api/v1/parties/:id/suspension",
    () => ({ id: unknownAccount, absent: unknownAccount, body: { suspended: true } }),
    outcomes("403 WrongRole", { "404 UnknownParty": ["operator"] }),
  ),
  row(
    "PUT /api/v1/parties/:id/roles",
    () => ({ id: unknownAccount, absent: unknownAccount, body: { roles: ["buyer"] } }),
    outcomes("403 WrongRole", { "404 NotFound": ["operator"] }),
  ),
  row(
    "POST /api/v1/parties/:id/deposits",
    onParty("buyer", { body: { amount: "0.00" } }),
    outcomes("403 WrongRole", { "422 ZeroAmount": ["operator"] }),
  ),
  row(
    "POST /api/v1/currencies",
    ({ trade }) => ({ body: { token: trade.chain.deployment.contracts.DepositCurrency } }),
    outcomes("403 WrongRole", { "409 AlreadyApproved": ["operator"] }),
  ),
  row(
    "POST /api/v1/consents/permit",
    () => ({
      body: { about: "receivables", currency: "NONE", amount: "1.00", deadline: farAway },
    }),
    outcomes("400 BadInput"),
  ),
  row(
    "POST /api/v1/consents/revocation",
    () => ({ body: { about: "orders", nonce: "9".repeat(78) } }),
    outcomes("400 BadInput"),
  ),
  row("GET /api/v1/origination", nothing, signedIn),
  row(
    "POST /api/v1/origination/pause",
    () => ({ body: { paused: false } }),
    outcomes("403 WrongRole", { "200": ["operator"] }),
  ),
  row(
    "POST /api/v1/origination/retirement",
    () => ({ body: { deployment: unknownAccount } }),
    outcomes("403 WrongRole", { "400 BadInput": ["operator"] }),
  ),
  row("GET /api/v1/scheduled-acts", nothing, outcomes("403 WrongRole", { "200": ["operator"] })),
  row(
    "POST /api/v1/scheduled-acts/:id/cancellation",
    () => ({ id: absentOperation, absent: absentOperation }),
    outcomes("403 WrongRole", { "404 NotFound": ["operator"] }),
  ),
  row(
    "POST /api/v1/parties/:id/key/proposal",
    onParty("buyer", { body: { key: `0x${"0".repeat(40)}` } }),
    outcomes("403 WrongRole", { "409 KeyTaken": ["operator"] }),
  ),
  row(
    "POST /api/v1/parties/:id/key/veto",
    onParty("buyer"),
    outcomes("404 NotFound", { "422 NoKeyProposed": ["buyer"] }),
  ),
  row(
    "POST /api/v1/parties/:id/key/replacement",
    onParty("buyer"),
    outcomes("404 NotFound", { "422 NoKeyProposed": ["buyer", "operator"] }),
  ),
  row(
    "PUT /api/v1/parties/:id/payout-account",
    onParty("buyer", { body: { account: `0x${"0".repeat(40)}` } }),
    outcomes("404 NotFound", { "422 CannotBePaid": ["buyer"] }),
  ),
  row("GET /api/v1/parties/:id/balance", onParty("buyer"), readBy("operator", "buyer")),
  row("GET /api/v1/parties/:id/capacity", onParty("warehouse"), readBy("operator", "warehouse")),
  row(
    "PUT /api/v1/parties/:id/capacity",
    onParty("buyer", { body: { capacity: "1.000" } }),
    outcomes("403 WrongRole", { "404 NotFound": ["operator"] }),
  ),
  row(
    "POST /api/v1/chain",
    () => ({ body: { jsonrpc: "2.0", id: 1, method: "eth_blockNumber" } }),
    open("403 ChainCallRefused"),
  ),
  row("GET /api/v1/sandbox/parties", nothing, open("200")),
  row("GET /api/v1/sandbox/calendar", nothing, open("200")),
  row(
    "POST /api/v1/sandbox/calendar",
    () => ({ body: { to: "2000-01-01T00:00:00Z" } }),
    outcomes("422 CalendarGoesForward"),
  ),
  row(
    "POST /api/v1/sandbox/money",
    ({ trade }) => ({ body: { party: trade.buyer.id, amount: "0.00" } }),
    outcomes("403 WrongRole", { "422 ZeroAmount": ["operator"] }),
  ),
];

/** What lists, and what makes something out of nothing. */
export const collectionRows: readonly Row[] = [
  ...["orders", "receipts", "receivables", "loans", "facilities"].map((name) =>
    row(`GET /api/v1/${name}`, nothing, signedIn),
  ),
  row(
    "POST /api/v1/orders",
    ({ trade }) => ({ body: orderBody(trade, { seller: unknownAccount }) }),
    outcomes("403 WrongRole", { "400 BadInput": ["buyer", "otherBuyer"] }),
  ),
  row(
    "POST /api/v1/orders/consent",
    ({ trade }) => ({
      body: orderBody(trade, { buyer: unknownAccount, validUntil: farAway }),
    }),
    outcomes("403 WrongRole", { "400 BadInput": ["cooperative", "otherCooperative"] }),
  ),
  row(
    "POST /api/v1/orders/accepted",
    ({ trade }) => ({
      body: orderBody(trade, {
        seller: unknownAccount,
        acceptance: { nonce: "1", deadline: farAway, signature: "0x00" },
      }),
    }),
    outcomes("403 WrongRole", { "400 BadInput": ["buyer", "otherBuyer"] }),
  ),
  row(
    "POST /api/v1/orders/batch",
    ({ trade }) => ({ body: { orders: [orderBody(trade, { seller: unknownAccount })] } }),
    outcomes("403 WrongRole", { "200": ["buyer", "otherBuyer"] }),
  ),
  row(
    "POST /api/v1/receipts",
    () => ({
      body: {
        ticket: "WT-9",
        depositor: unknownAccount,
        itemCode: "RICE",
        unit: "KGM",
        lot: "L1",
        quantity: "1.000",
        lossAllowanceBps: 0,
      },
    }),
    outcomes("403 WrongRole", { "400 BadInput": ["warehouse", "otherWarehouse"] }),
  ),
  row(
    "POST /api/v1/facilities",
    ({ trade }) => ({ body: facilityTerms(trade, { number: "F-9", borrower: unknownAccount }) }),
    outcomes("403 WrongRole", { "400 BadInput": ["lender", "otherLender"] }),
  ),
];
