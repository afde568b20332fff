import { ChoiceField, TextField } from "../http/fields.ts";

const lienTellings = ["proven", "plain"] as const;

export class BundleQuery {
  @TextField({
    max: 700,
    description:
      "a lot, a pallet or another thing by its URI, or an order, a receipt or a receivable by its id or its name in `bizTransactionList`",
    example: "https://hongyan-rice.example/lots/JB-0801",
  })
  of!: string;

  @ChoiceField(lienTellings, {
    optional: true,
    name: "LienTelling",
    description:
      "`plain`: leave out the proof of a lien, which shows the loan itself to whoever gets the bundle. The default is `proven` for those who may see the loan",
  })
  liens?: (typeof lienTellings)[number];
}
