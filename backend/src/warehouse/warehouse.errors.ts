import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  CapacityExceeded: {
    status: 422,
    title: "The warehouse is full",
    says: "{asked} thousandths were asked for, {free} are free of what it has been admitted for.",
  },
  NotEarmarked: {
    status: 422,
    title: "The receipt is not earmarked for it",
    says: "Its holder has to earmark it for the order first.",
  },
  AlreadyEarmarked: {
    status: 422,
    title: "The receipt is earmarked already",
    says: "Take the earmark off first.",
  },
  SameReceipt: {
    status: 422,
    title: "It is the same receipt",
    says: "A receipt is merged into another one.",
  },
  RootsDiffer: {
    status: 422,
    title: "The receipts are for different orders",
    says: "Only receipts that are earmarked for the same order, or for none, are merged.",
  },
  ReceiptsDiffer: {
    status: 422,
    title: "The receipts are of different goods",
    says: "Warehouse, goods, lot and loss allowance have to be the same.",
  },
  InTransit: {
    status: 422,
    title: "Goods of the receipt are in transit",
    says: "A delivery from it is open: the buyer has to answer it, or the warehouse to recall it, first.",
  },
  UnknownDepositor: {
    status: 422,
    title: "The depositor is no admitted party",
    says: "{depositor} has not been admitted.",
  },
  UnknownWarehouse: {
    status: 422,
    title: "The warehouse is no admitted party",
    says: "{warehouse} has not been admitted.",
  },
  UnknownEndorsee: {
    status: 422,
    title: "The receipt cannot pass to this party",
    says: "{endorsee} has not been admitted, or holds the receipt already.",
  },
  InvalidAllowance: {
    status: 422,
    title: "The loss allowance is more than all",
    says: "It has at most 10,000 basis points.",
  },
});
