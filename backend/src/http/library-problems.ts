import { defineProblems } from "./problem-catalogue.ts";

// What the libraries under the contracts refuse by names of their own. A noun that knows better renames them.

const tooLarge = {
  status: 422,
  title: "A value is too large",
  says: "{value} does not fit where the contracts keep it; nothing was changed.",
} as const;

defineProblems({
  SafeCastOverflowedUintDowncast: tooLarge,
  SafeCastOverflowedIntDowncast: tooLarge,
  SafeCastOverflowedIntToUint: tooLarge,
  SafeCastOverflowedUintToInt: tooLarge,
  ERC20InsufficientBalance: {
    status: 422,
    title: "The account lacks the money",
    says: "{needed} minor units are needed, {sender} has {balance}.",
  },
  ERC20InsufficientAllowance: {
    status: 422,
    title: "The account has not approved the payment",
    says: "{needed} minor units are needed, {allowance} are approved for {spender}.",
  },
  ERC20InvalidReceiver: {
    status: 422,
    title: "The account cannot be paid",
    says: "The currency does not pay to {receiver}.",
  },
  ERC721NonexistentToken: {
    status: 404,
    title: "There is no such claim",
    says: "No claim has the id {tokenId}.",
  },
  SafeERC20FailedOperation: {
    status: 422,
    title: "The currency did not move",
    says: "{token} refused the payment and gave no reason; nothing was changed.",
  },
  AddressEmptyCode: {
    status: 422,
    title: "There is no contract at this address",
    says: "{target} is an account, and a contract was to be called.",
  },
  FailedCall: {
    status: 422,
    title: "A call failed without a reason",
    says: "A contract that this act needs, such as a currency, gave none; nothing was changed.",
  },
  ReentrancyGuardReentrantCall: {
    status: 422,
    title: "The act was called again before it had ended",
    says: "A currency that calls back while it is moved is not served; nothing was changed.",
  },
});
