const read = new WeakMap<object, readonly string[]>();

/** For the log: whose data the answer to a request has, where the answer itself does not name them. */
export function partiesRead(request: object, rows: readonly { readonly party: string }[]): void {
  read.set(
    request,
    rows.map(({ party }) => party),
  );
}

export function partiesReadBy(request: object): readonly string[] {
  return read.get(request) ?? [];
}
