/** A schema of the OpenAPI document, as far as the generator reads it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly schema?: Schema;
}

/** One operation of the document. */
export interface Operation {
  readonly method: string;
  /** With its `{placeholders}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Of its JSON body. */
  readonly body: Schema | undefined;
}

/** The document's operations, and what its references mean. */
export class Operations {
  readonly all: readonly Operation[];
  readonly #schemas: Readonly<Record<string, Schema>>;

  constructor(document: object) {
    const { paths, components } = document as Document;
    this.#schemas = components.schemas;
    this.all = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        parameters,
        body: requestBody?.content["application/json"]?.schema,
      })),
    );
  }

  /** What a schema refers to; of several, the first. */
  resolved(schema: Schema): Schema {
    const { $ref, allOf, oneOf, anyOf } = schema;
    const named = $ref === undefined ? undefined : this.#schemas[$ref.split("/").at(-1) ?? ""];
    const next = named ?? allOf?.[0] ?? oneOf?.[0] ?? anyOf?.[0];
    return next === undefined ? schema : this.resolved(next);
  }
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly parameters?: readonly Parameter[];
            readonly requestBody?: {
              readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
            };
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
