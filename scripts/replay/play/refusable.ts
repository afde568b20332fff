import { ApiProblem } from "../../api/api-problem.ts";

/** What `work` comes to. A refusal belongs to the line that it is about; anything else ends the replay. */
export async function refusable<Value>(work: () => Promise<Value>): Promise<Value | ApiProblem> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiProblem && error.status < 500) return error;
    throw error;
  }
}
