import { Injectable } from "@nestjs/common";
import { In } from "typeorm";
import { AnchorService } from "../anchor/anchor.service.ts";
import { AnchoringAccount } from "../anchor/anchoring-account.ts";
import type { Actor } from "../auth/actor.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Signer } from "../chain/signer.ts";
import { Database } from "../database/database.ts";
import { DisclosureService } from "../document/disclosure.service.ts";
import { EpcisEventRow } from "../epcis/epcis.entity.ts";
import { OrderRow } from "../order/order.entity.ts";
import { reachedBlock } from "../projection/cursor.ts";
import {
  bundleFormat,
  bundleText,
  digestOf,
  provingContracts,
  sealedText,
  type BundleChain,
  type BundleContent,
  type BundleLien,
  type PartyRecord,
  type Seal,
} from "../proof/bundle.ts";
import type { DisclosedDocument } from "../proof/document.ts";
import type { Hex } from "../proof/hex.ts";
import type { ProvableEvent } from "../proof/provable-event.ts";
import { ClaimService } from "../provenance/claim.service.ts";
import { TraceService } from "../trace/trace.service.ts";
import { BundleClaims, transactionsOf } from "./bundle-claims.ts";
import type { BundleQuery } from "./bundle.dto.ts";
import { BundleStates } from "./bundle-state.ts";

/** Events of a bundle. */
const mostEvents = 1000;
/** How often it is begun anew because blocks have come in between. */
const attempts = 20;

/** Makes files that prove where goods come from, whoever is asked, and when this house is gone. */
@Injectable()
export class BundleService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly signer: Signer,
    private readonly anchoring: AnchoringAccount,
    private readonly trace: TraceService,
    private readonly anchors: AnchorService,
    private readonly disclosures: DisclosureService,
    private readonly claimService: ClaimService,
    private readonly claims: BundleClaims,
    private readonly states: BundleStates,
  ) {}

  /**
   * The bytes of a bundle, as text.
   * @throws DomainError `NotFound`, `Overloaded`
   */
  async make(by: Actor, query: BundleQuery): Promise<string> {
    const content = await this.#content(by, query);
    const digest = digestOf(content);
    return bundleText({ ...content, digest, seal: await this.#seal(content.chain, digest) });
  }

  /** All of it as of one block: where one has come in between, once more. */
  async #content(by: Actor, query: BundleQuery): Promise<BundleContent> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const at = await reachedBlock(this.database.read);
      const {
        of,
        isWhole,
        events: rows,
      } = await this.trace.trace(query.of, {
        direction: "backward",
        most: mostEvents,
      });
      const events = (await this.anchors.provable(rows)).map(inLowerCase);
      const names = transactionsOf(events);
      const claims = await this.claims.named([of, ...names]);
      const liens = await this.claims.liensOn(claims);
      const roots = [...names.flatMap((name) => documentIn(name) ?? []), ...claims.map(termsOf)];
      const documents = await this.disclosures.disclosed(roots, by.id);
      const record = await this.#recordOf(rows);
      const state = await this.states.at(at, {
        anchors: [...new Set(events.flatMap(({ anchor }) => anchor?.root ?? []))],
        liens: query.liens === "plain" ? [] : await this.#seenBy(by, liens),
      });
      const after = await reachedBlock(this.database.read);
      if (state === undefined || after.hash !== at.hash) continue;
      return {
        format: bundleFormat,
        of,
        isWhole,
        chain: this.#chain(),
        state,
        record,
        events,
        claims,
        liens,
        documents: documents.map(withLowerCaseParty),
      };
    }
    throw new DomainError("Overloaded", { retryAfter: 2 });
  }

  #chain(): BundleChain {
    const { chainId, genesisHash, contracts } = this.contracts.deployment;
    const named = provingContracts.map((name) => [name, contracts[name].toLowerCase()]);
    return {
      chainId,
      genesisHash: genesisHash as Hex,
      contracts: Object.fromEntries(named) as BundleChain["contracts"],
    };
  }

  /** A proof of a lien shows the loan: it is for those who see it here. */
  async #seenBy(by: Actor, liens: readonly BundleLien[]): Promise<Hex[]> {
    const seen = await Promise.all(
      liens.map(async ({ root }) => {
        const order = await this.database.rows.existing(OrderRow, { id: root });
        const { receivables, facilities } = await this.claimService.audience(by, order);
        const isLender = facilities !== "all" && facilities.size > 0;
        return receivables === "all" || isLender ? [root] : [];
      }),
    );
    return seen.flat();
  }

  /** How much each party has captured of whom there is an event. */
  async #recordOf(rows: readonly EpcisEventRow[]): Promise<PartyRecord[]> {
    const parties = [...new Set(rows.map(({ party }) => party))];
    if (parties.length === 0) return [];
    const found = await this.database.read
      .createQueryBuilder(EpcisEventRow, "event")
      .select("event.party", "party")
      .addSelect("MAX(event.sequence)", "last")
      .where({ party: In(parties) })
      .groupBy("event.party")
      .getRawMany<{ readonly party: string; readonly last: number | string }>();
    return found
      .map(({ party, last }) => ({ party: party.toLowerCase() as Hex, last: Number(last) }))
      .sort((one, other) => (one.party < other.party ? -1 : 1));
  }

  /** By the account that anchors; null where nobody here signs for it. */
  async #seal(chain: BundleChain, digest: string): Promise<Seal | null> {
    const { address } = this.anchoring;
    if (address === undefined || !(await this.signer.signsFor(address))) return null;
    const signature = await this.signer.signText(address, sealedText(chain, digest));
    return { by: address.toLowerCase() as Hex, signature: signature as Hex };
  }
}

function inLowerCase({ party, anchor, ...event }: ProvableEvent): ProvableEvent {
  return {
    ...event,
    party: party.toLowerCase(),
    anchor: anchor === null ? null : { ...anchor, by: anchor.by.toLowerCase() },
  };
}

function withLowerCaseParty(document: DisclosedDocument): DisclosedDocument {
  return { ...document, party: document.party.toLowerCase() };
}

function termsOf({ termsRoot }: { readonly termsRoot: Hex }): Hex {
  return termsRoot;
}

/** The root that an event names as a document's. */
function documentIn(name: string): string | undefined {
  return /^urn:sheaf:document:(0x[0-9a-f]{64})$/.exec(name)?.[1];
}
