import { Injectable } from "@nestjs/common";
import { In } from "typeorm";
import type { Actor } from "../auth/actor.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import { EpcisEventRow, EpcisLinkRow } from "../epcis/epcis.entity.ts";
import { classRoles, epcRoles, linkRoles } from "../epcis/link-roles.ts";
import { looksLikeGtin } from "../order/gtin.ts";
import type { ReceiptDto } from "../warehouse/receipt.dto.ts";
import { ReceiptService } from "../warehouse/receipt.service.ts";
import type { LabelText } from "./label.ts";
import { tongueFor, type Tongue } from "./language.ts";
import { gtinOf, namedByKeys, nameOf, pathOf } from "./lot-address.ts";
import { momentOf } from "./moment.ts";
import { StoryService } from "./story.service.ts";
import type { Story } from "./story.ts";

/** Events of one receipt that are looked at. */
const mostEvents = 50;

/** What goes on the bags of a receipt's goods. */
@Injectable()
export class LabelService {
  readonly #tongues = [tongueFor("zh", undefined), tongueFor("en", undefined)] as const;

  constructor(
    private readonly database: Database,
    private readonly receipts: ReceiptService,
    private readonly stories: StoryService,
  ) {}

  /**
   * @param origin of the pages behind the labels
   * @throws DomainError `NotFound`, for whoever may not read the receipt; `NoLotOnLabel`
   */
  async ofReceipt(by: Actor, id: string, origin: string): Promise<LabelText> {
    const receipt = await this.receipts.get(by, id);
    const lot = await this.lotOf(receipt);
    if (lot === undefined) throw new DomainError("NoLotOnLabel");
    const story = await this.stories.find(lot);
    return {
      uri: origin + pathOf(lot),
      title: this.#inBoth((tongue) => tongue.name(story?.product ?? receipt.itemCode)),
      lines: this.#lines(receipt, lot, story),
    };
  }

  /** The lot that a receipt is over, by the word of its warehouse or its depositor; else by its GTIN and lot number. */
  async lotOf(receipt: ReceiptDto): Promise<string | undefined> {
    const { read } = this.database;
    const named = await read.find(EpcisLinkRow, {
      where: { uri: `urn:sheaf:receipt:${receipt.id}`, role: linkRoles.bizTransaction },
      take: mostEvents,
    });
    const sides = [receipt.warehouse, receipt.depositor];
    const events = await read.find(EpcisEventRow, {
      select: { id: true },
      where: { id: In(named.map(({ event }) => event)), party: In(sides) },
    });
    const goods = await read.find(EpcisLinkRow, {
      where: { event: In(events.map((one) => one.id)), role: In([...classRoles, ...epcRoles]) },
      order: { event: "ASC" },
    });
    const told = goods.map(({ uri }) => uri).find((uri) => nameOf(uri) === receipt.lot);
    return told ?? lotByKeys(receipt);
  }

  #lines(receipt: ReceiptDto, lot: string, story: Story | undefined): string[] {
    const [zh, en] = this.#tongues;
    const harvest = story?.events.map(momentOf).find(({ ilmd }) => ilmd.harvestFrom !== undefined)
      ?.ilmd.harvestFrom;
    const grower = story?.parties.find(({ id }) => id === receipt.depositor)?.name;
    const gtin = gtinOf(lot);
    return [
      `${zh.words.lot} ${en.words.lot}: ${nameOf(lot)}`,
      ...(harvest === undefined
        ? []
        : [`${zh.words.facts.harvest} ${en.words.facts.harvest}: ${harvest}`]),
      ...(grower === undefined ? [] : bothOf(zh.name(grower), en.name(grower))),
      ...(gtin === undefined ? [] : [`GTIN: ${gtin}`]),
      "扫码看它从哪里来",
      "Scan to see where it comes from",
    ];
  }

  #inBoth(say: (tongue: Tongue) => string): string {
    const [zh, en] = this.#tongues;
    return bothOf(say(zh), say(en)).join(" ");
  }
}

function bothOf(zh: string, en: string): string[] {
  return zh === en ? [zh] : [zh, en];
}

function lotByKeys({ itemCode, lot }: ReceiptDto): string | undefined {
  return looksLikeGtin(itemCode) && lot !== "" ? namedByKeys(itemCode, lot).lot : undefined;
}
