import { fetchAsParty } from "../../api/client.ts";
import { problemFrom } from "../../api/problem.ts";
import type { Receipt } from "../../api/shapes.ts";

export const labelForms = ["svg", "pdf"] as const;
type LabelForm = (typeof labelForms)[number];

/** Fetches a receipt's label and gives it to the browser to keep. */
export async function keepLabel({ id, ticket }: Receipt, form: LabelForm): Promise<void> {
  const address = new URL(`/api/v1/receipts/${id}/label.${form}`, window.location.origin);
  const response = await fetchAsParty(new Request(address));
  if (!response.ok) throw problemFrom(await response.json(), response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = `label-${ticket.replace(/[^\w-]/g, "_")}.${form}`;
  link.click();
  URL.revokeObjectURL(url);
}
