import type { ParamType } from "ethers";

/**
 * What ethers decoded as plain data: named members as an object, arrays as arrays, all else as it is.
 * A whole parameter list is an object by parameter name; one without a name is called by its index.
 */
export function plain(values: readonly unknown[], params: readonly ParamType[]): unknown {
  return Object.fromEntries(
    params.map((param, index) => [param.name || String(index), one(values[index], param)]),
  );
}

function one(value: unknown, param: ParamType): unknown {
  if (param.arrayChildren !== null) {
    const child = param.arrayChildren;
    return Array.from(value as readonly unknown[], (item) => one(item, child));
  }
  return param.components === null ? value : plain(value as readonly unknown[], param.components);
}
