import { createHash, randomBytes } from "node:crypto";
import { Injectable } from "@nestjs/common";
import { Chain } from "../chain/chain.ts";
import { Contracts, type Act } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Signer } from "../chain/signer.ts";
import {
  bytesToSign,
  digestOf,
  hasConsented,
  permitFor,
  statementFor,
  withPermit,
  type Statement,
  type TypedData,
} from "../chain/typed-data.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { formatTime, parseTime } from "../http/time.ts";
import { CurrencyService } from "../money/currency.service.ts";
import { waitsForApproval, type Moved } from "../organisation/approval.ts";
import type { Worth } from "../organisation/worth.ts";
import type {
  AskPermitDto,
  ConsentDto,
  ConsentTaker,
  PermitDto,
  SignedConsentDto,
} from "./consent.dto.ts";

type Words = ConsentDto["says"];

const takers = {
  orders: "PurchaseOrders",
  deliveries: "Deliveries",
  receivables: "Receivables",
} as const;
const mandates = { receivables: "Receivables", facilities: "Facilities" } as const;

/** What parties sign for others to hand in: laid out in words, and signed where the key is kept here. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly chain: Chain,
    private readonly contracts: Contracts,
    private readonly signer: Signer,
    private readonly commands: CommandService,
    private readonly database: Database,
    private readonly currencies: CurrencyService,
  ) {}

  /**
   * A statement of the caller, with a nonce of its own; the same request with the same key gives the same one.
   * @param intent weighed with what it binds the caller to
   * @throws DomainError `ConsentBeyondLimit`
   */
  async give(
    intent: Intent,
    kind: Statement,
    message: TypedData["message"],
    deadline: string,
    says: Words,
  ): Promise<ConsentDto> {
    const nonce = nonceOf(intent);
    const last = secondsOf(deadline);
    const words = { ...message, nonce, deadline: String(last) };
    return this.#given(intent, statementFor(this.contracts, kind, words), nonce, last, says);
  }

  /** A permit of the caller, in the currency's own count of them. */
  async permit(intent: Intent, asked: AskPermitDto): Promise<ConsentDto> {
    const { about } = asked;
    const currency = await this.currencies.meant(asked.currency, "/currency");
    const value = this.currencies.parse(asked.amount, currency, "/amount");
    const last = secondsOf(asked.deadline);
    const { name, version, chainId, nonce } = await this.#currencyDomain(
      currency.token,
      intent.by.key,
    );
    const spender = this.contracts.deployment.contracts[mandates[about]];
    const data = permitFor(
      { name, version, chainId, verifyingContract: currency.token },
      {
        owner: intent.by.key,
        spender,
        value: value.toString(),
        nonce: nonce.toString(),
        deadline: String(last),
      },
    );
    const sum = `${asked.amount} ${currency.symbol}`;
    const what = about === "receivables" ? ["receivables", "应收款"] : ["loans", "贷款"];
    const says = {
      en: `Let the contract for ${String(what[0])} take up to ${sum} from your account, instead of what it may take now.`,
      zh: `准许${String(what[1])}合约从你的账户最多扣取 ${sum}，取代现有授权。`,
    };
    const weight = weighed(intent, "payment", [currency, value]);
    return this.#given(weight, data, nonce.toString(), last, says);
  }

  /**
   * Whether a party has signed a statement with its present key; whoever hands in what is not signed is told nothing of
   * what it is about.
   */
  isBy(
    account: string,
    kind: Statement,
    message: TypedData["message"],
    { nonce, deadline, signature }: SignedConsentDto,
  ): Promise<boolean> {
    const words = { ...message, nonce, deadline: String(secondsOf(deadline)) };
    const data = statementFor(this.contracts, kind, words);
    return hasConsented(this.chain.rpc, account, data, signature);
  }

  /** The act, with the payer's permit before it where there is one. */
  async withPermit(
    intent: Intent,
    act: Act,
    token: string,
    permit: PermitDto | undefined,
  ): Promise<Act> {
    if (permit === undefined) return act;
    const { contract } = act;
    if (contract !== "Receivables" && contract !== "Facilities") {
      throw new Error(`${contract} takes no permits.`);
    }
    const currency = await this.currencies.byToken(token);
    const amount = this.currencies.parse(permit.amount, currency, "/permit/amount");
    if (!/^0x[0-9a-fA-F]{130}$/.test(permit.signature)) {
      throw BadInput.at("/permit/signature", "must be 65 bytes");
    }
    const deadline = secondsOf(permit.deadline);
    const { signature } = permit;
    const given = { token, owner: intent.by.key, amount, deadline, signature };
    try {
      return withPermit(this.contracts, { ...act, contract }, given);
    } catch {
      throw BadInput.at("/permit/signature", "is no signature");
    }
  }

  /** Takes back what the caller has signed with a nonce, before somebody hands it in. */
  revoke(intent: Intent, about: ConsentTaker, nonce: string): Promise<Effect> {
    if (BigInt(nonce) >= 2n ** 256n) throw BadInput.at("/nonce", "is beyond 256 bits");
    const act = this.contracts.act(takers[about], "revokeNonce", [BigInt(nonce)]);
    return this.commands.perform(intent, act, { read: () => Promise.resolve({ nonce }) });
  }

  async #given(
    { by, worth }: Intent,
    data: TypedData,
    nonce: string,
    last: number,
    says: Words,
  ): Promise<ConsentDto> {
    const isKept = await this.signer.signsFor(by.key);
    // What is signed here binds at once, and no second person is asked afterwards.
    if (isKept && (await waitsForApproval(this.database.read, by, worth, boundless(worth)))) {
      throw new DomainError("ConsentBeyondLimit");
    }
    return {
      says,
      account: by.key,
      nonce,
      deadline: formatTime(last, this.contracts.deployment.utcOffset),
      typedData: data as unknown as ConsentDto["typedData"],
      digest: digestOf(data),
      signature: isKept ? await this.signer.signTyped(by.key, bytesToSign(data)) : null,
    };
  }

  async #currencyDomain(
    token: string,
    owner: string,
  ): Promise<{ name: string; version: string; chainId: number; nonce: bigint }> {
    const at = { at: token };
    const domain = await this.chain.view("DepositCurrency", "eip712Domain", [], at);
    const nonce = await this.chain.view("DepositCurrency", "nonces", [owner], at);
    const { name, version, chainId } = domain;
    return { name, version, chainId: Number(chainId), nonce };
  }
}

/** @throws BadInput */
export function secondsOf(deadline: string): number {
  const seconds = parseTime(deadline);
  if (seconds === undefined) throw BadInput.at("/deadline", "is no time");
  return seconds;
}

/** Nobody's else: of 128 bits, by chance, or by the request. */
function nonceOf({ by, idempotencyKey, requestHash, repeatable }: Intent): string {
  const bytes = repeatable
    ? createHash("sha256").update(`${by.id} ${idempotencyKey} ${requestHash}`).digest()
    : randomBytes(16);
  return BigInt(`0x${bytes.subarray(0, 16).toString("hex")}`).toString();
}

/** A word that is signed is in no sum of a day: where the day has a limit, it counts as beyond it. */
function boundless(worth: Worth | undefined): () => Promise<readonly Moved[]> {
  const amount = (2n ** 256n).toString();
  const moved = worth && {
    kind: worth.kind,
    amounts: worth.amounts.map(({ token }) => ({ token, amount })),
  };
  return () => Promise.resolve(moved === undefined ? [] : [moved]);
}
