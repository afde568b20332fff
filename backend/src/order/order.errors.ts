import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  InvalidTerm: {
    status: 422,
    title: "A term of the order cannot be recorded",
    says: "The contracts refuse its {field}.",
  },
  WrongOrder: {
    status: 422,
    title: "The order does not allow this act",
    says: "Its status, its parties, its goods or its currency are not the right ones.",
  },
  DeliveryOpen: {
    status: 422,
    title: "A delivery is open",
    says: "The buyer has to answer it, or the seller to recall it, first.",
  },
  NotLapsable: {
    status: 422,
    title: "It is too early to lapse the order",
    says: "The buyer may lapse what is undelivered from 30 days after `deliverBy`.",
  },
  Encumbered: {
    status: 422,
    title: "The order carries a loan",
    says: "This act would endanger the loan, or is for orders without one.",
  },
  OverDelivery: {
    status: 422,
    title: "More than is open",
    says: "{asked} thousandths were asked for, {open} are open.",
  },
  ArrivalInThePast: {
    status: 422,
    title: "The arrival is in the past",
    says: "A despatch states when the goods will arrive.",
  },
  GoodsInStore: {
    status: 422,
    title: "These goods are in store",
    says: "Straight from the field only {fromField} thousandths can be despatched; the rest is in store for the order.",
  },
  NoOpenDelivery: {
    status: 422,
    title: "There is no such open delivery",
    says: "Delivery {number} of the order was answered, was recalled, or never was.",
  },
  WrongReceipt: {
    status: 409,
    title: "The goods did not leave this receipt",
    says: "Delivery {number} has changed meanwhile. Read it again, and act on what is there now.",
  },
  InspectionOpen: {
    status: 422,
    title: "The buyer may still inspect",
    says: "The inspection period has not passed.",
  },
  InsufficientQuantity: {
    status: 422,
    title: "There is not that much",
    says: "{asked} thousandths were asked for, there are {available}.",
  },
});
