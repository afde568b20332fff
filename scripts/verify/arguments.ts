import { parseArgs } from "node:util";

export const usage = `npm run verify -- BUNDLE [--rpc URL]… [--deployment FILE] [--unsealed] [--json]

Checks a bundle without the server that made it: by its own bytes, and with --rpc by a node of its chain; by several, if
there are several. Prints what was checked and what was not; names the first thing that does not hold.

--deployment FILE  the manifest of the contracts that you mean; without it, the one in deployments/ for the bundle's chain
--unsealed         takes a bundle that nobody has signed: whoever passed it on may have taken events out of it
--json             prints the same as JSON

Ends with 0 if all that was checked holds, with 1 if something does not, with 2 if nothing could be checked.`;

export interface VerifyArguments {
  readonly file: string;
  readonly rpc: readonly string[];
  readonly deployment: string | undefined;
  readonly unsealed: boolean;
  readonly json: boolean;
}

/** @throws Error for arguments that make no sense */
export function verifyArguments(args: readonly string[]): VerifyArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rpc: { type: "string", multiple: true, default: [] },
      deployment: { type: "string" },
      unsealed: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error("Name one bundle.");
  for (const url of values.rpc) {
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) {
      throw new Error(`${url} is no address of a node: http://… or https://….`);
    }
  }
  return { ...values, file, deployment: values.deployment };
}
