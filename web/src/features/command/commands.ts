import { announceChange } from "../../api/changes.ts";
import { answerOf, api } from "../../api/client.ts";
import { useResource, type Resource } from "../../api/resource.ts";
import type { Command, Me } from "../../api/shapes.ts";

/** What an organisation has wanted and what is not done, because somebody is waited for. */
export interface Waiting {
  readonly me: Me;
  /** For a second person. */
  readonly proposed: readonly Command[];
  /** For the signature of a key that the backend does not keep. */
  readonly unsigned: readonly Command[];
}

export function useWaiting(): Resource<Waiting> {
  return useResource("waiting commands", async (signal) => {
    const inState = (state: "Proposed" | "Queued") =>
      answerOf(api.GET("/api/v1/commands", { params: { query: { state, limit: 50 } }, signal }));
    const [me, proposed, queued] = await Promise.all([
      answerOf(api.GET("/api/v1/auth/me", { signal })),
      inState("Proposed"),
      inState("Queued"),
    ]);
    return {
      me,
      proposed: proposed.items,
      unsigned: queued.items.filter(({ prepared }) => prepared !== null),
    };
  });
}

/** Whether this person may be the second one for a command. */
export function mayApprove({ person: { rank, account } }: Me, { madeBy }: Command): boolean {
  return rank === "owner" || (rank === "approver" && madeBy !== account);
}

export async function approve(id: string): Promise<void> {
  await answerOf(api.POST("/api/v1/commands/{id}/approval", { params: { path: { id } } }));
  announceChange();
}

export async function reject(id: string): Promise<void> {
  const params = { path: { id } };
  await answerOf(api.POST("/api/v1/commands/{id}/rejection", { params, body: {} }));
  announceChange();
}
