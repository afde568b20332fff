import { applyDecorators } from "@nestjs/common";
import { ApiQuery } from "@nestjs/swagger";

/** What an address says besides the lot. A Digital Link may carry more of GS1's data: that is passed over. */
export interface LotQuery {
  readonly linkType: string | undefined;
  readonly lang: string | undefined;
  /** Origin of a node that the page's script may ask. */
  readonly rpc: string | undefined;
}

export function lotQuery(query: Readonly<Record<string, unknown>>): LotQuery {
  const one = (name: string): string | undefined => {
    const value = query[name];
    return typeof value === "string" ? value : undefined;
  };
  return { linkType: one("linkType"), lang: one("lang"), rpc: one("rpc") };
}

export const ApiLotQuery = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({
      name: "linkType",
      required: false,
      schema: { type: "string" },
      description: "`linkset` (or `all`), or a link type of GS1's such as `gs1:traceability`",
    }),
    ApiQuery({
      name: "lang",
      required: false,
      schema: { type: "string" },
      description: "`zh` or `en`, of the page; else what `Accept-Language` prefers",
    }),
    ApiQuery({
      name: "rpc",
      required: false,
      schema: { type: "string" },
      description: "origin of another node that the page's script may ask: `https://node.example`",
    }),
  );
