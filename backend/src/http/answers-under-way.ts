import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Answers that are being made for somebody who is still there. A connection can have several requests under way; when it
 * ends, Node closes the first one's answer alone, so that the others have to be asked of the connection.
 */
export class AnswersUnderWay {
  readonly #ofConnection = new WeakMap<Socket, Set<ServerResponse>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Counts an answer until it is closed, or its connection is. */
  add(connection: Socket, answer: ServerResponse): void {
    const answers = this.#ofConnection.get(connection) ?? this.#follow(connection);
    answers.add(answer);
    this.#size += 1;
    answer.once("close", () => {
      if (answers.delete(answer)) this.#size -= 1;
    });
  }

  #follow(connection: Socket): Set<ServerResponse> {
    const answers = new Set<ServerResponse>();
    this.#ofConnection.set(connection, answers);
    connection.once("close", () => {
      this.#size -= answers.size;
      answers.clear();
    });
    return answers;
  }
}
