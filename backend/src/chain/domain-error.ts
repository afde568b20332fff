/** Values that a refusal carries, as the wire shows them: integers as decimal text. */
export type ErrorValues = Readonly<Record<string, unknown>>;

/**
 * A refusal by a rule of the trade, on chain or off it.
 * `code` is stable and is the rule's name: on chain, the Solidity error's.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly values: ErrorValues = {},
    /** The command that was refused, where there is one. */
    readonly command?: string,
  ) {
    super(code);
    this.name = "DomainError";
  }
}
