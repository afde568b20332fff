import type { INestApplication } from "@nestjs/common";
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from "@nestjs/swagger";
import { ProblemDto } from "./problem.ts";

/** The OpenAPI 3.1 document of the running routes. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const description =
    "Money and quantities are decimal strings, times ISO 8601 with their offset, ids 0x and 64 digits. " +
    "Errors are application/problem+json (RFC 9457); `code` is the stable name of the refusal.";
  const builder = new DocumentBuilder()
    .setOpenAPIVersion("3.1.0")
    .setTitle("Sheaf")
    .setDescription(description)
    .setVersion("1")
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, builder, { extraModels: [ProblemDto] });
  for (const path of Object.values(document.paths)) {
    const { get, post, put, patch, delete: remove, options } = path;
    for (const operation of [get, post, put, patch, remove, options]) {
      if (operation === undefined) continue;
      operation.responses = {
        ...operation.responses,
        default: {
          description: "a problem",
          content: {
            "application/problem+json": { schema: { $ref: "#/components/schemas/ProblemDto" } },
          },
        },
      };
    }
  }
  return document;
}

/** `/api/openapi.json`, and a page to browse it whose files come from here. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup("api/docs", app, () => openApiDocument(app), {
    jsonDocumentUrl: "api/openapi.json",
    customSiteTitle: "Sheaf API",
  });
}
