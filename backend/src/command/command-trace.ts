import type { Logger } from "@nestjs/common";
import type { Command } from "./command.entity.ts";

/** One line for each step of a command's way: all of them are found by the id of the request that asked for it. */
export function trace(log: Logger, step: string, command: Command): void {
  const { id, requestId, contract, method, party, key, nonce, transaction, block } = command;
  const { error } = command;
  log.log({
    msg: `command ${step}`,
    command: {
      id,
      requestId,
      act: `${contract}.${method}`,
      party,
      key,
      nonce,
      transaction,
      block,
      ...(error && { error: error.code }),
    },
  });
}
