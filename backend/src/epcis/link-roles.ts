/** How an event names something. Numbers, so that the rows of a large ledger stay small: never change one. */
export const linkRoles = {
  epc: 1,
  parent: 2,
  child: 3,
  inputEpc: 4,
  outputEpc: 5,
  quantity: 11,
  childQuantity: 13,
  inputQuantity: 14,
  outputQuantity: 15,
  bizTransaction: 20,
  source: 21,
  destination: 22,
  transformation: 23,
  readPoint: 30,
  bizLocation: 31,
  bizStep: 40,
  disposition: 41,
  dispositionSet: 42,
  dispositionUnset: 43,
  errorReason: 50,
  correctiveEvent: 51,
} as const;

export type LinkRole = (typeof linkRoles)[keyof typeof linkRoles];

/** The roles of things that have a history of their own: single ones, and classes with a quantity. */
export const epcRoles: readonly LinkRole[] = [1, 2, 3, 4, 5];
export const classRoles: readonly LinkRole[] = [11, 13, 14, 15];

/** What has a history: things, transformations of several events, and transactions. */
export const historyRoles: readonly LinkRole[] = [
  ...epcRoles,
  ...classRoles,
  linkRoles.bizTransaction,
  linkRoles.transformation,
];
