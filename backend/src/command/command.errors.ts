import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  NotSigned: {
    status: 409,
    title: "The transaction was not signed in time",
    says: "Nothing was sent. {account} has to sign what is prepared before it expires; ask for the act again.",
  },
  NotToBeSigned: {
    status: 409,
    title: "The command does not wait for a signature",
    says: "It is {state}: its transaction is signed already, with other bytes than these.",
  },
  NotPrepared: {
    status: 409,
    title: "The transaction is not prepared yet",
    says: "Another one of the same key has to be signed first. Look at the command again when that is done.",
  },
  TooManyCommands: {
    status: 429,
    title: "The party has too much under way",
    says: "Up to {most} commands and requests of a party are under way at once. Nothing was done; ask again in {retryAfter} s, with the same Idempotency-Key.",
  },
  TooManyUnsigned: {
    status: 409,
    title: "Too much waits for the wallet",
    says: "{account} has {most} transactions to sign. Sign them, or let them expire, and ask again.",
  },
  TransactionUnreadable: {
    status: 422,
    title: "The transaction cannot be read",
    says: "The bytes are refused: {reason}.",
  },
  TransactionDiffers: {
    status: 422,
    title: "The transaction is not the one that was prepared",
    says: "These are different: {fields}. Look at the command again, and sign exactly what it shows.",
  },
  BroadcastRefused: {
    status: 422,
    title: "The network did not take the transaction",
    says: "Every node refused it: {reason}. Nothing of it has happened, nor will it be sent again. Remove the cause (funds, FEE_CAP), then use a new idempotency key.",
  },
  NonceTaken: {
    status: 409,
    title: "The account has used the nonce for something else",
    says: "{account} has sent another transaction with nonce {nonce}. Nothing of this act has happened; ask for it again.",
  },
  ContractCannotSend: {
    status: 422,
    title: "A contract sends no transactions",
    says: "{account} is a contract: it can sign statements, but acts that need a transaction have to come from a key.",
  },
  KeysMadeElsewhere: {
    status: 422,
    title: "The backend makes no keys",
    says: "Keys are kept by a remote signer. Have one made there, and name its account.",
  },
});
