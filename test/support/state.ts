import { Database } from "../../backend/src/database/database.ts";
import { Projectors } from "../../backend/src/projection/handlers.ts";
import { stateHash } from "../../backend/src/projection/state-hash.ts";
import type { TestBackend } from "./backend.ts";

/** The state hash of a backend's read model. */
export function stateOf({ backend }: TestBackend): Promise<string> {
  return stateHash(backend.app.get(Database).read, backend.app.get(Projectors).rows);
}
