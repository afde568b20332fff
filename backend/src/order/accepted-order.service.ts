import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts } from "../chain/contracts.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import type { ConsentDto } from "../consent/consent.dto.ts";
import { ConsentService, secondsOf } from "../consent/consent.service.ts";
import { BadInput } from "../http/bad-input.ts";
import { formatDecimal } from "../http/decimal.ts";
import { OrderPreparation, type PreparedOrder } from "./order-preparation.ts";
import { OrderService } from "./order.service.ts";
import type { ConsentToOrderDto, IssueAcceptedOrderDto, OrderDto } from "./order.dto.ts";

/** Orders whose seller has accepted them before they are issued: two steps that become one. */
@Injectable()
export class AcceptedOrderService {
  constructor(
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly consents: ConsentService,
    private readonly preparation: OrderPreparation,
    private readonly orders: OrderService,
    private readonly parties: PartyDirectory,
  ) {}

  /**
   * The seller's word for exactly these terms.
   * @throws BadInput with every fault
   */
  async consent(intent: Intent, input: ConsentToOrderDto): Promise<ConsentDto> {
    const { buyer: buyerId, validUntil, ...order } = input;
    const buyer = await this.parties.find(buyerId);
    if (buyer?.roles.includes("buyer") !== true) {
      throw BadInput.at("/buyer", "is no party that has the role buyer");
    }
    if (order.seller !== intent.by.id) throw BadInput.at("/seller", "is not the caller");
    const prepared = await this.preparation.prepare(buyer, order);
    const message = { termsHash: prepared.termsHash };
    const says = wordsOf(prepared, order, buyer.name);
    return this.consents.give(intent, "Acceptance", message, validUntil, says);
  }

  /** One that is on record with the same terms is the answer, and accepted by now or by its seller later. */
  async issue(intent: Intent, input: IssueAcceptedOrderDto): Promise<Effect | OrderDto> {
    const { acceptance, ...order } = input;
    const prepared = await this.preparation.prepare(intent.by, order);
    const known = await this.orders.onRecord(prepared, order);
    if (known !== undefined) return known;
    const { nonce, deadline, signature } = acceptance;
    const act = this.contracts.act("PurchaseOrders", "issueAccepted", [
      prepared.terms,
      BigInt(nonce),
      secondsOf(deadline),
      signature,
    ]);
    return this.commands.perform(weighed(intent, "order", prepared.value), act, {
      status: 201,
      read: () => this.orders.read(prepared.id),
    });
  }
}

function wordsOf(
  { number, line, value: [currency, amount] }: PreparedOrder,
  order: ConsentToOrderDto | Omit<ConsentToOrderDto, "buyer" | "validUntil">,
  buyer: string,
): ConsentDto["says"] {
  const { quantity, unit, itemCode, unitPrice, deliverBy } = order;
  const worth = `${formatDecimal(amount, currency.decimals)} ${currency.symbol}`;
  return {
    en:
      `Accept order ${number}/${line} of ${buyer}: ${quantity} ${unit} of ${itemCode} at ${unitPrice} ${currency.symbol}, ` +
      `${worth} in all, to be delivered by ${deliverBy}.`,
    zh:
      `接受 ${buyer} 的订单 ${number}/${line}：${itemCode} ${quantity} ${unit}，单价 ${unitPrice} ${currency.symbol}，` +
      `总额 ${worth}，交货期限 ${deliverBy}。`,
  };
}
