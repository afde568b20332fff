import { on, outcomes, readBy, row, type Row } from "./row.ts";

const loan = "/api/v1/loans/:id";
const facility = "/api/v1/facilities/:id";

export const loanRows: readonly Row[] = [
  row(
    `GET ${loan}`,
    on(({ order }) => order),
    readBy("operator", "buyer", "cooperative", "lender"),
  ),
  row(
    `GET ${loan}/statement`,
    on(({ order }) => order),
    readBy("operator", "buyer", "cooperative", "lender"),
  ),
  row(
    `POST ${loan}/repayments`,
    on(({ order }) => order, { body: { amount: "0", revision: 1 } }),
    outcomes("422 ZeroAmount"),
    "for anyone, by design",
  ),
  row(
    `POST ${loan}/default`,
    on(({ order }) => order),
    outcomes("403 WrongRole", { "422 NotInDefault": ["lender"], "404 NotFound": ["otherLender"] }),
  ),
  row(
    `POST ${loan}/write-off`,
    on(({ order }) => order),
    outcomes("403 WrongRole", { "422 NotInDefault": ["lender"], "404 NotFound": ["otherLender"] }),
  ),
];

const lenders = (refusal: string): Row["outcomes"] =>
  outcomes("403 WrongRole", { [refusal]: ["lender"], "404 NotFound": ["otherLender"] });

export const facilityRows: readonly Row[] = [
  row(
    `GET ${facility}`,
    on(({ facility }) => facility),
    readBy("operator", "buyer", "cooperative", "lender"),
  ),
  row(
    `GET ${facility}/quote`,
    on(({ facility }) => facility),
    readBy("operator", "cooperative", "lender"),
  ),
  row(
    `POST ${facility}/limit`,
    on(({ facility }) => facility, { body: { limit: "500000.00" } }),
    lenders("422 LimitNotLower"),
  ),
  row(
    `POST ${facility}/suspension`,
    on(({ closed }) => closed),
    lenders("422 FacilityClosed"),
  ),
  row(
    `POST ${facility}/resumption`,
    on(({ facility }) => facility),
    lenders("422 FacilityNotSuspended"),
  ),
  row(
    `POST ${facility}/closing`,
    on(({ closed }) => closed),
    lenders("422 FacilityClosed"),
  ),
  row(
    `POST ${facility}/payee`,
    on(({ facility }) => facility, { body: { payee: `0x${"0".repeat(40)}` } }),
    lenders("422 InvalidFacilityTerm"),
  ),
  row(
    `POST ${facility}/depositary`,
    on(({ facility }) => facility, { body: { depositary: `0x${"0".repeat(40)}` } }),
    outcomes("403 WrongRole", { "422 InvalidFacilityTerm": ["operator"] }),
  ),
  row(
    `POST ${facility}/drawdowns`,
    ({ facility, order }) => ({
      id: facility,
      absent: `0x${"7".repeat(64)}`,
      body: { order, amount: "0", revision: 0 },
    }),
    outcomes("403 WrongRole", {
      "409 StaleState": ["cooperative"],
      "404 NotFound": ["otherCooperative"],
    }),
  ),
];
