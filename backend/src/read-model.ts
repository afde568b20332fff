import { anchorProjector } from "./anchor/anchor.projector.ts";
import { facilityProjector } from "./facility/facility.projector.ts";
import { lienProjector } from "./lien/lien.projector.ts";
import { moneyProjector } from "./money/money.projector.ts";
import { scheduledActProjector } from "./office/scheduled-act.projector.ts";
import { orderProjector } from "./order/order.projector.ts";
import { partyProjector } from "./party/party.projector.ts";
import { Projectors } from "./projection/handlers.ts";
import { receivableProjector } from "./receivable/receivable.projector.ts";
import { warehouseProjector } from "./warehouse/warehouse.projector.ts";

/** All of the read model's projectors, in the order of the nouns, for those who rebuild it without a backend. */
export function readModel(): Projectors {
  const projectors = new Projectors();
  for (const definition of [
    partyProjector,
    moneyProjector,
    orderProjector,
    warehouseProjector,
    receivableProjector,
    lienProjector,
    facilityProjector,
    anchorProjector,
    scheduledActProjector,
  ]) {
    projectors.add(definition);
  }
  return projectors;
}
