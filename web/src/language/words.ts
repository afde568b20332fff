import type { TraceFlag } from "../api/shapes.ts";

/** What a flag's sentence is made of: a lot, and of quantities how much of it, and how much there can be. */
interface FlagWords {
  what: string;
  how: string;
  quantity: string;
  most: string;
}

type Named = Record<string, string>;

/** Every word on the page. Keys of `Named` are the API's own words. */
export interface Words {
  name: string;
  motto: string;
  skip: string;
  switchLanguage: string;
  loading: string;
  none: string;
  tryAgain: string;
  pageFault: string;
  unreachable: string;
  unreachableDetail: string;
  notFound: string;
  live: string;
  waiting: string;
  record: string;
  block: (block: number) => string;

  enterTitle: string;
  enterText: string;
  walletTitle: string;
  walletText: string;
  walletSignIn: string;
  walletAsked: string;
  walletRefused: string;
  walletSeveral: string;
  noWallet: string;
  noWalletText: string;
  signOut: string;
  waitingTitle: string;
  waitingForAnother: string;
  waitingForKey: (count: number) => string;
  howToSign: string;
  exactly: string;
  approve: string;
  reject: string;
  actKinds: Named;
  pickTitle: string;
  pickText: string;
  pickEmpty: string;
  pickEmptyText: string;
  signingIn: string;
  operator: string;
  operatorText: string;
  changeParty: string;
  balance: string;
  parties: { others: string };

  claims: string;
  orders: string;
  searchNumber: string;
  searchHint: string;
  status: string;
  anyStatus: string;
  ordersEmpty: string;
  ordersEmptyText: string;
  noneFits: string;
  noneFitsText: string;
  loans: string;
  loansEmpty: string;
  loansEmptyText: string;
  pages: string;
  forms: Record<"orders" | "loans" | "receipts", string>;
  clear: string;
  firstPage: string;
  nextPage: string;
  order: string;
  line: (line: number) => string;
  value: string;
  delivered: string;
  loan: string;

  backToClaims: string;
  deliverBy: string;
  paymentTerm: (days: number) => string;
  inspection: (days: number) => string;
  perUnit: (unit: string) => string;
  arbiter: string;
  life: string;
  milestones: Record<
    "ordered" | "accepted" | "financed" | "stored" | "despatched" | "taken" | "paid",
    string
  >;

  goods: string;
  goodsParts: Record<"accepted" | "pending" | "stored" | "rest", string>;
  owed: string;
  overdue: (count: number) => string;

  noLoan: string;
  principal: string;
  interestDue: string;
  matures: string;
  lender: string;
  borrowingBase: string;
  available: string;
  daysPastDue: (days: number) => string;
  inDays: (days: number) => string;

  lien: string;
  underLien: string;
  free: string;
  freeText: string;
  since: string;

  goodsTrace: string;
  goodsTraceFine: (events: number) => string;
  goodsTraceCut: string;
  flagsNone: string;
  flagsToAsk: (count: number) => string;
  flags: Record<TraceFlag["code"], (flag: FlagWords) => string>;
  flagAmounts: Named;

  receivables: string;
  deliveries: string;
  receipts: string;
  delivery: (number: number) => string;
  receipt: (ticket: string) => string;
  due: string;
  outstanding: string;
  contested: string;
  toLender: string;
  toHolder: string;
  toNewHolder: string;
  notTaken: string;
  fromField: string;
  arrives: string;
  deemed: string;
  assigned: (holder: string) => string;
  writtenOff: string;
  weighed: string;
  lost: string;
  lot: string;
  emptied: string;
  inStore: string;
  lotAndLabel: string;
  lotPage: string;
  lotRecord: string;
  labelAs: (form: string) => string;
  noLot: string;
  anchored: string;
  notAnchored: string;
  lotFlagged: (flags: string) => string;
  /** By the flag's code. */
  lotFlags: Readonly<Record<string, string>>;
  seeYourself: string;
  seeYourselfText: (chain: number, block: number) => string;
  receiptsEmpty: string;
  receiptsEmptyText: string;
  holder: string;

  timeline: string;
  timelineOrder: string;
  newestFirst: string;
  oldestFirst: string;
  timelineEmpty: string;
  daysPass: (days: number) => string;
  ofWhichInterest: string;

  calendar: string;
  moveForward: string;
  calendarText: string;
  days: (days: number) => string;
  toDay: string;
  go: string;
  moving: string;

  roles: Named;
  orderStatus: Named;
  loanStatus: Named;
  deliveryStatus: Named;
  receivableStatus: Named;
  units: Named;
  events: Named;
}

/** The word for what the API says, or what it says if the page does not know it yet. */
export function wordFor(words: Named, said: string): string {
  return words[said] ?? said;
}
