/** Reads all at once; what is not on record is left out. */
export async function readEach<Value, Read extends object | string>(
  named: ReadonlyMap<string, Value>,
  read: (value: Value) => Promise<Read | null>,
): Promise<Record<string, Read>> {
  const reads = [...named].map(async ([name, value]) => [name, await read(value)] as const);
  const found = (await Promise.all(reads)).filter(([, state]) => state !== null);
  return Object.fromEntries(found) as Record<string, Read>;
}
