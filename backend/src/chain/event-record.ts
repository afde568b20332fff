import type { ParamType } from "ethers";
import { idOf, zeroAddress } from "./hex.ts";
import type { DecodedLog } from "./log-decoder.ts";

/** What an event names: accounts, and ids of claims and facilities. */
export interface Touched {
  readonly parties: readonly string[];
  readonly claims: readonly string[];
  readonly facilities: readonly string[];
}

/** An event's arguments for the record: ids as 0x and 64 digits, other integers as decimal text. */
export function recordOf(log: DecodedLog): Record<string, unknown> {
  return written(log.args, log.fragment.inputs, log.contract !== "DepositCurrency") as Record<
    string,
    unknown
  >;
}

export function touchedBy(log: DecodedLog): Touched {
  const touched = {
    parties: new Set<string>(),
    claims: new Set<string>(),
    facilities: new Set<string>(),
  };
  collect(log.args, log.fragment.inputs, (value, param) => {
    if (param.type === "address" && value !== zeroAddress) touched.parties.add(value as string);
    if (log.contract !== "DepositCurrency" && isId(param) && value !== 0n)
      touched[param.name === "facility" ? "facilities" : "claims"].add(idOf(value as bigint));
  });
  return {
    parties: [...touched.parties],
    claims: [...touched.claims],
    facilities: [...touched.facilities],
  };
}

function written(value: unknown, params: readonly ParamType[], hasIds: boolean): unknown {
  const one = (item: unknown, param: ParamType): unknown => {
    const child = param.arrayChildren;
    if (child !== null) return (item as readonly unknown[]).map((each) => one(each, child));
    if (param.components !== null) return written(item, param.components, hasIds);
    if (typeof item !== "bigint") return item;
    return hasIds && isId(param) ? idOf(item) : item.toString();
  };
  const values = value as Record<string, unknown>;
  return Object.fromEntries(
    params.map((param, index) => {
      const name = param.name || String(index);
      return [name, one(values[name], param)];
    }),
  );
}

function collect(
  value: unknown,
  params: readonly ParamType[],
  see: (value: unknown, param: ParamType) => void,
): void {
  const values = value as Record<string, unknown>;
  params.forEach((param, index) => {
    const item = values[param.name || String(index)];
    if (param.components === null) see(item, param);
    else collect(item, param.components, see);
  });
}

/** Widest integers are ids of claims and facilities; a nonce is as wide and names nothing. */
function isId({ type, name }: ParamType): boolean {
  return type === "uint256" && name !== "nonce";
}
