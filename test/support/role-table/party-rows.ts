import {
  administered,
  anyone,
  anyParty,
  each,
  only,
  partyCallers,
  row,
  those,
  unexplained,
  type Row,
} from "./row.ts";

/** An authority is exchanged by the authority alone: by administration's own call through it. */
const byAuthority = each("AccessManagedUnauthorized", { administration: "allowed" });

export function authorityRow(
  contract: "parties" | "currencies" | "receipts" | "facilities" | "deposits" | "provenance",
): Row {
  return row(`${contract}.setAuthority`, byAuthority, (s) => [s.addresses.administration]);
}

export const partyRows: readonly Row[] = [
  row("parties.admit", administered, (s) => [s.nobody.address, 1n, "x"]),
  row("parties.setRoles", administered, (s) => [s.otherBuyer.address, 9n]),
  row("parties.setSuspended", administered, (s) => [s.otherBuyer.address, true]),
  row("parties.proposeKey", administered, (s) => [s.otherBuyer.address, s.nobody.address]),
  row("parties.setPaused", administered, () => [true]),
  row("parties.retire", administered, () => [], {
    standing: { suspended: "allowed", paused: "allowed", retired: "Retired" },
  }),
  row("parties.setPayoutAccount", anyParty, (s) => [s.nobody.address]),
  row(
    "parties.vetoKey",
    { ...each("NotPermitted"), ...those(partyCallers, "NoKeyProposed"), arbiter: "allowed" },
    () => [],
  ),
  row("parties.replaceKey", anyone, (s) => [s.arbiter.address], { in: "late" }),
  authorityRow("parties"),
  ...(["orders", "deliveries", "receivables"] as const).map((contract) =>
    row(`${contract}.revokeNonce`, anyParty, () => [0n]),
  ),
  row("liens.record", only("facilities"), (s) => [
    s.order,
    s.packed.loan,
    s.facility,
    s.lender.address,
  ]),
];

const byAdministrator = each("AccessManagerUnauthorizedAccount", { admin: "allowed" });

/** Administration is OpenZeppelin's AccessManager, here with one office that holds every role. */
export const administrationRows: readonly Row[] = [
  row("administration.grantRole", byAdministrator, (s) => [1n, s.nobody.address, 0n]),
  row("administration.revokeRole", byAdministrator, (s) => [1n, s.admin.address]),
  row("administration.renounceRole", anyone, (_, caller) => [1n, caller]),
  row("administration.labelRole", byAdministrator, () => [1n, "x"]),
  row("administration.setRoleAdmin", byAdministrator, () => [1n, 2n]),
  row("administration.setRoleGuardian", byAdministrator, () => [1n, 6n]),
  row("administration.setGrantDelay", byAdministrator, () => [1n, 1n]),
  row("administration.setTargetAdminDelay", byAdministrator, (s) => [s.addresses.parties, 1n]),
  row("administration.setTargetClosed", byAdministrator, (s) => [s.addresses.parties, true]),
  row("administration.setTargetFunctionRole", byAdministrator, (s) => [
    s.addresses.parties,
    ["0x00000000"],
    1n,
  ]),
  row("administration.updateAuthority", byAdministrator, (s) => [
    s.addresses.parties,
    s.addresses.administration,
  ]),
  row(
    "administration.execute",
    each("AccessManagerUnauthorizedCall", { admin: "allowed" }),
    (s) => s.scheduled,
  ),
  // Nobody here has a delay to wait out but the clerk, who has scheduled already.
  row("administration.schedule", each("AccessManagerUnauthorizedCall"), (s) => [
    ...s.scheduled,
    0n,
  ]),
  row(
    "administration.cancel",
    each("AccessManagerUnauthorizedCancel", { admin: "allowed" }),
    (s) => [s.clerk.address, ...s.scheduled],
  ),
  row(
    "administration.consumeScheduledOp",
    each(unexplained, {
      parties: "AccessManagerUnauthorizedConsume",
      currencies: "AccessManagerUnauthorizedConsume",
      receipts: "AccessManagerUnauthorizedConsume",
      facilities: "AccessManagerUnauthorizedConsume",
      deposits: "AccessManagerUnauthorizedConsume",
      provenance: "AccessManagerUnauthorizedConsume",
    }),
    (s) => [s.clerk.address, s.scheduled[1]],
  ),
  row("administration.multicall", anyone, () => [[]]),
];

const withMoney = each("ERC20InsufficientBalance", {
  ...those(partyCallers, "allowed"),
  stranger: "allowed",
  admin: "allowed",
});

export const moneyRows: readonly Row[] = [
  row("currencies.approveCurrency", administered, (s) => [s.newCurrency]),
  authorityRow("currencies"),
  row("deposits.mint", administered, (s) => [s.buyer.address, 1n]),
  authorityRow("deposits"),
  row("deposits.approve", anyone, (s) => [s.nobody.address, 1n]),
  row("deposits.transfer", withMoney, (s) => [s.nobody.address, 1n]),
  // The buyer has approved these two, which are bound by their own rules.
  row(
    "deposits.transferFrom",
    each("ERC20InsufficientAllowance", { receivables: "allowed", facilities: "allowed" }),
    (s) => [s.buyer.address, s.nobody.address, 1n],
  ),
];

export const provenanceRows: readonly Row[] = [
  row("provenance.anchor", administered, () => [`0x${"5e".repeat(32)}`, 1n, 1n]),
  authorityRow("provenance"),
];
