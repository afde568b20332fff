/** Something that a person gave is not as it has to be; the message says what, and where. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InputError";
  }
}
