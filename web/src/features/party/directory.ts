import { answerOf, api } from "../../api/client.ts";
import { useResource, type Resource } from "../../api/resource.ts";
import { operator } from "../../api/session.ts";
import type { Party, PickableParty } from "../../api/shapes.ts";

/** Whom one can sign in as; in the sandbox only. */
export function usePickableParties(): Resource<PickableParty[]> {
  return useResource("pickable parties", async (signal) => {
    const { items } = await answerOf(api.GET("/api/v1/sandbox/parties", { signal }));
    return items;
  });
}

/** The party that is signed in; nothing is loaded for the operator, who is none. */
export function useParty(id: string): Resource<Party> {
  return useResource(id === operator ? null : `party ${id}`, (signal) =>
    answerOf(api.GET("/api/v1/parties/{id}", { params: { path: { id } }, signal })),
  );
}
