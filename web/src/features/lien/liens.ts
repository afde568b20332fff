import { answerOf, api } from "../../api/client.ts";
import { useResource, type Resource } from "../../api/resource.ts";
import type { Lien } from "../../api/shapes.ts";

/** Whether these claims are encumbered, by claim; that is public. */
export function useLiens(claims: string[]): Resource<Map<string, Lien>> {
  return useResource(claims.length === 0 ? null : `liens ${claims.join(" ")}`, async (signal) => {
    const liens = await Promise.all(
      claims.map((id) =>
        answerOf(api.GET("/api/v1/liens/{id}", { params: { path: { id } }, signal })),
      ),
    );
    return new Map(liens.map((lien) => [lien.claim, lien]));
  });
}
