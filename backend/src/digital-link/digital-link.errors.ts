import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  LotUnknown: {
    status: 404,
    title: "Nobody has told of this lot",
    says: "No event names the lot {lot}. The label may be misread, or of another system.",
  },
  LinkTypeUnknown: {
    status: 404,
    title: "Nothing is linked in this way",
    says: "There is no link of the type {linkType}. `linkType=linkset` lists all that there are.",
  },
  ChainCallRefused: {
    status: 403,
    title: "This call is not passed on",
    says: "Only `eth_chainId`, and `eth_call` of `anchorOf(bytes32)` of the contract Provenance at the latest block.",
  },
  NoLotOnLabel: {
    status: 409,
    title: "There is no lot to put on a label",
    says: "No event of its own sides says which lot the receipt is over, and its item code is no GTIN. Capture the event of its storing first.",
  },
});
