import { answerOf, api } from "../../api/client.ts";
import { pageSize, useResource, type Resource } from "../../api/resource.ts";
import type { Receipt } from "../../api/shapes.ts";

/** What a warehouse has weighed in, a page of it. */
export function useReceiptsOf(
  warehouse: string,
  after: string,
): Resource<{ items: Receipt[]; next: string | null }> {
  const query = { warehouse, limit: pageSize, ...(after === "" ? {} : { after }) };
  return useResource(`receipts ${JSON.stringify(query)}`, (signal) =>
    answerOf(api.GET("/api/v1/receipts", { params: { query }, signal })),
  );
}
