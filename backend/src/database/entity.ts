/** A class that TypeORM maps to a table. */
export type Entity<Row extends object = object> = new () => Row;
