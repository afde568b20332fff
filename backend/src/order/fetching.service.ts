import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import type { ConsentDto } from "../consent/consent.dto.ts";
import { ConsentService, secondsOf } from "../consent/consent.service.ts";
import { parseQuantity } from "../http/decimal.ts";
import { valueHalfUp } from "../math/amounts.ts";
import { CurrencyService } from "../money/currency.service.ts";
import type { FetchDto, ReleaseDto } from "./delivery.dto.ts";
import { DeliveryService } from "./delivery.service.ts";
import { OrderReaders } from "./order-readers.ts";

/** Goods that the buyer fetches by the seller's word: despatched and accepted in one transaction. */
@Injectable()
export class FetchingService {
  constructor(
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly consents: ConsentService,
    private readonly readers: OrderReaders,
    private readonly deliveries: DeliveryService,
    private readonly parties: PartyDirectory,
    private readonly currencies: CurrencyService,
  ) {}

  /** @throws DomainError `NotFound`, `NotPermitted`, `ConsentBeyondLimit` */
  async release(intent: Intent, id: string, body: ReleaseDto): Promise<ConsentDto> {
    const order = await this.readers.get(intent.by, id);
    if (order.seller !== intent.by.id) {
      throw new DomainError("NotPermitted", { caller: intent.by.id });
    }
    const { number, receipt, quantity, deadline } = body;
    const message = {
      order: BigInt(id).toString(),
      number: String(number),
      receipt: BigInt(receipt).toString(),
      quantity: parseQuantity(quantity, "/quantity").toString(),
    };
    const buyer = (await this.parties.find(order.buyer))?.name ?? order.buyer;
    const what = `${order.number}/${order.line}`;
    const says = {
      en: `Let ${buyer} take ${quantity} ${order.unit} out of receipt ${receipt} as delivery ${number} of order ${what}.`,
      zh: `准许 ${buyer} 从仓单 ${receipt} 提取 ${quantity} ${order.unit}，作为订单 ${what} 的第 ${number} 次交货。`,
    };
    return this.consents.give(weighed(intent, "goods"), "Release", message, deadline, says);
  }

  /** @throws DomainError `NotFound`, the refusals of a despatch, those of the statement */
  async fetch(intent: Intent, id: string, body: FetchDto): Promise<Effect> {
    const { currency, unitPrice } = await this.readers.get(intent.by, id);
    const { number, receipt, nonce, deadline, signature } = body;
    const quantity = parseQuantity(body.quantity, "/quantity");
    const act = this.contracts.act("Deliveries", "despatchAndAccept", [
      id,
      number,
      receipt,
      quantity,
      BigInt(nonce),
      secondsOf(deadline),
      signature,
    ]);
    const value = valueHalfUp(quantity, unitPrice);
    const worth = [await this.currencies.byToken(currency), value] as const;
    return this.commands.perform(weighed(intent, "acceptance", worth), act, {
      status: 201,
      read: () => this.deliveries.get(id, number),
    });
  }
}
