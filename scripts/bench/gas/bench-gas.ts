import { readArguments } from "./arguments.ts";
import { explain } from "./explain.ts";
import { figuresOf, type Figures } from "./figures.ts";
import { measureOperations, type Operation } from "./operations.ts";
import { asJson, findings, readSnapshot, writeSnapshot } from "./snapshot.ts";
import { textTable } from "./table.ts";

/**
 * `npm run bench -- gas`: what each act costs, beside the least that it could.
 * @returns the exit code
 * @throws UsageError
 */
export async function benchGas(args: readonly string[]): Promise<number> {
  const options = readArguments(args);
  if (options.explain !== undefined) {
    console.log(await explainOperation(options.explain));
    return 0;
  }
  const { figures, notes } = await measureAll();
  if (options.json) process.stdout.write(asJson(figures));
  else console.log([textTable(figures), ...notes].join("\n"));
  if (options.update) await writeSnapshot(figures);
  if (!options.check) return 0;
  const found = findings(await readSnapshot(), figures);
  for (const finding of found) console.error(finding);
  return found.length === 0 ? 0 : 1;
}

async function measureAll(): Promise<{ figures: Figures[]; notes: string[] }> {
  const figures: Figures[] = [];
  const notes: string[] = [];
  await measureOperations((operation, measured) => {
    figures.push(figuresOf(operation, measured));
    if (measured.refund !== 0)
      notes.push(`${operation}: gas is after a refund of ${measured.refund}.`);
  });
  return { figures, notes };
}

async function explainOperation(wanted: Operation): Promise<string> {
  let explanation = "";
  await measureOperations((operation, measured, directory) => {
    if (operation === wanted) explanation = explain(operation, measured, directory);
  }, wanted);
  return explanation;
}
