import { Table, TableIndex, type TableColumnOptions } from "typeorm";
import { kinds } from "./columns.ts";

interface Choice {
  readonly nullable?: boolean;
  readonly primary?: boolean;
}

type Kind = (name: string, choice?: Choice) => TableColumnOptions;

function kind(of: { readonly type: string; readonly length?: string }): Kind {
  return (name, choice = {}) => ({
    ...of,
    name,
    isPrimary: choice.primary ?? false,
    isNullable: choice.nullable ?? false,
  });
}

/** Columns of a migration: the same words as the entities' decorators in `columns.ts`. */
export const column = {
  text: (name: string, length: number, choice?: Choice): TableColumnOptions =>
    kind(kinds.text(length))(name, choice),
  address: kind(kinds.text(42)),
  id: kind(kinds.text(66)),
  amount: kind(kinds.amount()),
  integer: kind(kinds.integer()),
  seconds: kind(kinds.seconds()),
  whole: kind(kinds.whole()),
  flag: kind(kinds.flag()),
  json: kind(kinds.json()),
};

/** Index names are `<table>_<columns>`, as `@Index("<table>_<columns>", […])` has to repeat them. */
export function table(
  name: string,
  columns: TableColumnOptions[],
  indices: readonly { readonly columns: string[]; readonly unique?: boolean }[] = [],
): Table {
  return new Table({
    name,
    columns,
    indices: indices.map(
      (index) =>
        new TableIndex({
          name: [name, ...index.columns].join("_"),
          columnNames: index.columns,
          isUnique: index.unique ?? false,
        }),
    ),
  });
}
