import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { HardhatConfig } from "hardhat/types/config";
import solc from "solc";
import { isNode, walk, word, type Node } from "./syntax.ts";

/** Creation code by `source:Contract`; a contract that cannot be deployed has none. */
export type Bytecodes = ReadonlyMap<string, string>;

interface Output {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly sources?: Readonly<Record<string, { readonly ast?: unknown }>>;
  readonly contracts?: Readonly<
    Record<string, Readonly<Record<string, { evm: { bytecode: { object: string } } }>>>
  >;
}

/** The settings that the house is compiled with when nothing else is asked for. */
export function compilerSettings({ solidity }: HardhatConfig): object {
  const [compiler] = solidity.profiles["default"]?.compilers ?? [];
  if (compiler === undefined) throw new Error("hardhat.config.ts names no compiler.");
  return compiler.settings as object;
}

const compile = solc.compile as (input: string, callbacks: object) => string;

/** The house's compiler in this process, for as few contracts at a time as will do. */
export class Compiler {
  /** What each source imports, itself included, by the paths that imports mean. */
  private readonly reach: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly trees: ReadonlyMap<string, Node>;

  /**
   * @param settings of the compiler, as the house has them
   * @param files Solidity files, relative to `root`
   * @throws if one does not compile
   */
  constructor(
    private readonly root: string,
    private readonly settings: object,
    files: readonly string[],
  ) {
    const output = this.run(files, new Map(), { "*": { "": ["ast"] } });
    const trees = new Map<string, Node>();
    for (const [file, { ast }] of Object.entries(output.sources ?? {}))
      if (isNode(ast)) trees.set(file, ast);
    this.trees = trees;
    this.reach = new Map(files.map((file) => [file, this.reachOf(file)]));
  }

  treeOf(file: string): Node {
    const tree = this.trees.get(file);
    if (tree === undefined) throw new Error(`${file} was not compiled.`);
    return tree;
  }

  /** Those of the files that were named at first which read `file`, itself included. */
  dependentsOf(file: string): readonly string[] {
    return [...this.reach].filter(([, reached]) => reached.has(file)).map(([from]) => from);
  }

  /**
   * @param instead other texts for some sources
   * @returns undefined where it does not compile
   */
  compile(
    files: readonly string[],
    instead: ReadonlyMap<string, string> = new Map(),
  ): Bytecodes | undefined {
    const { errors, bytecodes } = this.make(files, instead);
    return errors.length > 0 ? undefined : bytecodes;
  }

  /** As {@link compile}. @throws Error with what the compiler says where it does not compile */
  compileSound(
    files: readonly string[],
    instead: ReadonlyMap<string, string> = new Map(),
  ): Bytecodes {
    const { errors, bytecodes } = this.make(files, instead);
    if (errors.length > 0) throw new Error(errors.join("\n"));
    return bytecodes;
  }

  private make(
    files: readonly string[],
    instead: ReadonlyMap<string, string>,
  ): { readonly errors: readonly string[]; readonly bytecodes: Bytecodes } {
    const selection = Object.fromEntries(
      files.map((file) => [file, { "*": ["evm.bytecode.object"] }]),
    );
    const output = this.run(files, instead, selection);
    const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
    const contracts = Object.entries(output.contracts ?? {}).flatMap(([file, found]) =>
      Object.entries(found)
        .map(([name, { evm }]) => [`${file}:${name}`, evm.bytecode.object] as const)
        .filter(([, code]) => code !== ""),
    );
    return {
      errors: errors.map(({ formattedMessage }) => formattedMessage),
      bytecodes: new Map(contracts),
    };
  }

  private run(
    files: readonly string[],
    instead: ReadonlyMap<string, string>,
    outputSelection: object,
  ): Output {
    const read = (file: string): string => {
      const inPackages = join(this.root, "node_modules", file);
      const path = existsSync(inPackages) ? inPackages : join(this.root, file);
      return instead.get(file) ?? readFileSync(path, "utf8");
    };
    const input = {
      language: "Solidity",
      sources: Object.fromEntries(files.map((file) => [file, { content: read(file) }])),
      settings: {
        ...this.settings,
        // What a source is called and hashes to must not make two bytecodes differ.
        metadata: { appendCBOR: false, bytecodeHash: "none" },
        outputSelection,
      },
    };
    const imports = (file: string): { contents: string } => ({ contents: read(file) });
    return JSON.parse(compile(JSON.stringify(input), { import: imports })) as Output;
  }

  private reachOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
    if (seen.has(file)) return seen;
    seen.add(file);
    const tree = this.trees.get(file);
    if (tree === undefined) throw new Error(`${file} does not compile.`);
    for (const { node } of walk(tree))
      if (node.nodeType === "ImportDirective") this.reachOf(word(node, "absolutePath"), seen);
    return seen;
  }
}
