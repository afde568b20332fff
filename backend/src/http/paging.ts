import { applyDecorators, type Type } from "@nestjs/common";
import { ApiExtraModels, ApiOkResponse, ApiProperty, getSchemaPath } from "@nestjs/swagger";
import { Transform } from "class-transformer";
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from "class-validator";
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from "typeorm";
import type { Entity } from "../database/entity.ts";
import { TableForm } from "../database/table-form.ts";
import { BadInput } from "./bad-input.ts";

const most = 200;
const sorts = ["oldest", "newest"] as const;

/** `?limit=&after=&sort=`; a list's own filters extend it. */
export class PageQuery {
  @ApiProperty({ required: false, type: "integer", minimum: 1, maximum: most, default: 50 })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value,
  )
  @IsInt({ message: "must be an integer" })
  @Min(1, { message: "must not be less than 1" })
  @Max(most, { message: `must not be more than ${most}` })
  limit?: number;

  @ApiProperty({ required: false, description: "`next` of the page before" })
  @IsOptional()
  @IsString({ message: "must be a cursor" })
  @MaxLength(500, { message: "must be a cursor" })
  after?: string;

  @ApiProperty({ required: false, enum: sorts, default: "oldest" })
  @IsOptional()
  @IsIn(sorts, { message: `must be one of ${sorts.join(", ")}` })
  sort?: (typeof sorts)[number];
}

export interface Page<Item> {
  readonly items: Item[];
  /** `after` of the next page; null on the last one. */
  readonly next: string | null;
}

/** Documents a page of items. */
export function ApiPage(item: Type): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      schema: {
        type: "object",
        required: ["items", "next"],
        properties: {
          items: { type: "array", items: { $ref: getSchemaPath(item) } },
          next: { type: "string", nullable: true },
        },
      },
    }),
  );
}

/**
 * One page of rows in the order of `columns` (properties; the last ones unique together), or against it for the newest.
 * @param narrow adds the list's filters; the rows' alias is `row`
 */
export async function pageOf<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: Entity<Row>,
  query: PageQuery,
  columns: readonly (keyof Row & string)[],
  narrow: (rows: SelectQueryBuilder<Row>) => void = () => undefined,
): Promise<Page<Row>> {
  const limit = query.limit ?? 50;
  const rows = manager.createQueryBuilder(entity, "row").take(limit + 1);
  const [direction, isAfter] =
    query.sort === "newest" ? (["DESC", "<"] as const) : (["ASC", ">"] as const);
  for (const column of columns) rows.addOrderBy(`row.${column}`, direction);
  if (query.after !== undefined) {
    const { dataSource } = manager;
    const kinds = columns.map((column) => {
      const { type } = dataSource.getMetadata(entity).findColumnWithPropertyName(column) ?? {};
      return type === "varchar" ? "string" : "number";
    });
    const values = decoded(query.after, kinds);
    const holders = columns.map((_, index) => `:after${index}`).join(", ");
    const named = columns.map((column) => `row.${column}`).join(", ");
    rows.andWhere(
      `(${named}) ${isAfter} (${holders})`,
      Object.fromEntries(values.map((value, index) => [`after${index}`, value])),
    );
  }
  narrow(rows);
  const found = await read(rows, entity);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items, next: more ? encoded(columns.map((column) => last[column])) : null };
}

/** As `getMany`, by converters that are made once for each table. */
async function read<Row extends ObjectLiteral>(
  rows: SelectQueryBuilder<Row>,
  entity: Entity<Row>,
): Promise<Row[]> {
  const { dataSource } = rows;
  const form = TableForm.of(dataSource, entity);
  const [text, values] = rows.getQueryAndParameters();
  const raw = await dataSource.manager.query<Readonly<Record<string, unknown>>[]>(text, values);
  return raw.map(
    (row) => form.rowOf(form.columns.map(({ name }) => row[`${rows.alias}_${name}`])) as Row,
  );
}

export async function mapPage<From, To>(
  page: Page<From>,
  map: (item: From) => To | Promise<To>,
): Promise<Page<To>> {
  return { items: await Promise.all(page.items.map(map)), next: page.next };
}

function encoded(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

function decoded(cursor: string, kinds: readonly string[]): (string | number)[] {
  try {
    const values = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown;
    const isCursor =
      Array.isArray(values) &&
      values.length === kinds.length &&
      values.every((value: unknown, place) =>
        kinds[place] === "number" ? Number.isSafeInteger(value) : typeof value === "string",
      );
    if (isCursor) return values as (string | number)[];
  } catch {
    // Not a cursor of ours, which is said below.
  }
  throw BadInput.in("after", "must be `next` of an earlier page");
}
