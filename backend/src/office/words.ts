import type { ContractName } from "../chain/deployment.ts";
import { formatDecimal, formatQuantity } from "../http/decimal.ts";
import { rolesOf } from "../party/roles.ts";

/** A call of administration, read back from its bytes. */
export interface ReadCall {
  readonly contract: ContractName;
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** One sentence in each language of the page. */
export interface Sentence {
  readonly en: string;
  readonly zh: string;
}

/** How what is named in a sentence is written. */
export interface Naming {
  /** A party with its name; an account that is none as it is. */
  readonly party: (id: string) => string;
  /** Of the deposit currency. */
  readonly decimals: number;
  readonly symbol: string;
}

type Args = ReadCall["args"];
type Tell = (args: Args, naming: Naming) => readonly [en: string, zh: string];

const roleWords: Readonly<Record<string, string>> = {
  buyer: "买方",
  cooperative: "合作社",
  warehouse: "仓库",
  lender: "贷款方",
  arbiter: "仲裁方",
};

const sentences: Readonly<Record<string, Tell>> = {
  "Parties.admit": ({ party, roles, name }) => [
    `Admit “${text(name)}” as ${rolesIn(roles).en}; it signs with ${text(party)}.`,
    `准入“${text(name)}”为${rolesIn(roles).zh}，以 ${text(party)} 签名。`,
  ],
  "Parties.setRoles": ({ party, roles }, { party: named }) => [
    `Make ${named(text(party))} ${rolesIn(roles).en}, and nothing else.`,
    `将 ${named(text(party))} 的角色改为${rolesIn(roles).zh}，别无其他。`,
  ],
  "Parties.proposeKey": ({ party, key }, { party: named }) => [
    `Propose ${text(key)} as the key that signs for ${named(text(party))}; the party may veto it.`,
    `提议由 ${text(key)} 代 ${named(text(party))} 签名；该方可以否决。`,
  ],
  "Parties.retire": () => [
    "Retire this deployment for good: nothing new is originated, what is owed can still be paid.",
    "永久停用本部署：不再有新业务，已有欠款仍可支付。",
  ],
  "WarehouseReceipts.setCapacity": ({ warehouse, capacity }, { party: named }) => [
    `Let ${named(text(warehouse))} hold ${formatQuantity(BigInt(text(capacity)))} units.`,
    `准许 ${named(text(warehouse))} 存放 ${formatQuantity(BigInt(text(capacity)))} 单位。`,
  ],
  "Facilities.setDepositary": ({ id, depositary }, { party: named }) => [
    `Make ${named(text(depositary))} the depositary of facility ${hex(id)}.`,
    `由 ${named(text(depositary))} 担任授信 ${hex(id)} 的保管方。`,
  ],
  "Currencies.approveCurrency": ({ token }) => [
    `Approve the currency ${text(token)}.`,
    `批准货币 ${text(token)}。`,
  ],
  "DepositCurrency.mint": ({ account, amount }, { party: named, decimals, symbol }) => [
    `Credit ${named(text(account))} with ${formatDecimal(BigInt(text(amount)), decimals)} ${symbol}.`,
    `向 ${named(text(account))} 入账 ${formatDecimal(BigInt(text(amount)), decimals)} ${symbol}。`,
  ],
  "Administration.grantRole": ({ roleId, account, executionDelay }) => [
    `Give ${text(account)} the administrative role ${text(roleId)}, with a delay of ${text(executionDelay)} seconds.`,
    `授予 ${text(account)} 管理角色 ${text(roleId)}，延迟 ${text(executionDelay)} 秒。`,
  ],
  "Administration.revokeRole": ({ roleId, account }) => [
    `Take the administrative role ${text(roleId)} from ${text(account)}.`,
    `收回 ${text(account)} 的管理角色 ${text(roleId)}。`,
  ],
};

/** What an operation would do, in words. */
export function tell(call: ReadCall | undefined, target: string, naming: Naming): Sentence {
  if (call === undefined) {
    return {
      en: `Call ${target}, which is none of this deployment's contracts, or in no way that it knows.`,
      zh: `调用 ${target}：它不是本部署的合约，或调用方式未知。`,
    };
  }
  const name = `${call.contract}.${call.method}`;
  const [en, zh] = sentences[name]?.(call.args, naming) ?? [`Call ${name}.`, `调用 ${name}。`];
  return { en, zh };
}

function rolesIn(bits: unknown): Sentence {
  const roles = rolesOf(Number(bits));
  return { en: roles.join(", "), zh: roles.map((role) => roleWords[role] ?? role).join("、") };
}

function text(value: unknown): string {
  return String(value);
}

function hex(value: unknown): string {
  return typeof value === "bigint" ? `0x${value.toString(16).padStart(64, "0")}` : String(value);
}
