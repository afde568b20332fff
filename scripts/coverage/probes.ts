import {
  isNode,
  nameOfCall,
  part,
  parts,
  rangeOf,
  walk,
  word,
  type Node,
  type Range,
} from "../solidity/syntax.ts";

/** Where `Probe.sol` is, as imports say it. */
const library = "scripts/coverage/Probe.sol";

/** Something that happens when tests reach everything. */
export interface Outcome {
  /** What the probe tells. */
  readonly id: number;
  readonly kind: "statement" | "branch";
  /** Relative to the house. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** What decides, such as `require`; "" for a statement. */
  readonly by: string;
  /** Such as `passes`. */
  readonly what: string;
  /** The statement, the condition or the operand. */
  readonly text: string;
}

/** A source in which every outcome is told, in the lines of the original. */
export interface Probed {
  readonly source: string;
  readonly outcomes: readonly Outcome[];
}

/** Puts probes before the statements of a source and around what it decides by. */
export function probe(file: string, source: string, tree: Node, firstId: number): Probed {
  const prober = new Prober(file, Buffer.from(source), firstId);
  for (const { node, parent } of walk(tree)) prober.visit(node, parent);
  return prober.probed();
}

class Prober {
  private readonly outcomes: Outcome[] = [];
  private readonly before = new Map<number, string>();
  private readonly after = new Map<number, string>();

  constructor(
    private readonly file: string,
    // The tree counts bytes.
    private readonly source: Buffer,
    private readonly firstId: number,
  ) {}

  visit(node: Node, parent: Node | undefined): void {
    if (isStatement(node, parent)) this.probeStatement(node, parent);
    switch (node.nodeType) {
      case "IfStatement":
        this.probeCondition(part(node, "condition"), "if", ["is false", "is true"]);
        break;
      case "Conditional":
        this.probeCondition(part(node, "condition"), "?", ["is false", "is true"]);
        break;
      case "DoWhileStatement":
        this.probeCondition(part(node, "condition"), "loop", ["ends", "repeats"]);
        break;
      case "ForStatement":
      case "WhileStatement":
        this.probeEntry(node);
        break;
      case "TryStatement":
        for (const clause of parts(node, "clauses")) this.probeClause(node, clause);
        break;
      case "FunctionCall":
        this.probeRequirement(node);
        break;
      case "BinaryOperation":
        this.probeOperands(node);
        break;
    }
  }

  probed(): Probed {
    const places = new Set([...this.after.keys(), ...this.before.keys()]);
    let source = "";
    let end = 0;
    for (const place of [...places].sort((a, b) => a - b)) {
      source += this.source.toString("utf8", end, place);
      source += (this.after.get(place) ?? "") + (this.before.get(place) ?? "");
      end = place;
    }
    source += this.source.toString("utf8", end);
    return {
      source: `${source}\nimport {Probe} from "${library}";\n`,
      outcomes: this.outcomes.sort((a, b) => a.line - b.line || a.column - b.column),
    };
  }

  private probeStatement(node: Node, parent: Node): void {
    const range = this.closed(rangeOf(node));
    const id = this.expect(range, "", ["runs"]);
    const isAlone = parts(parent, "statements").includes(node);
    this.around(range, `${isAlone ? "" : "{ "}Probe.hit(${id}); `, isAlone ? "" : " }");
  }

  private probeCondition(condition: Node, by: string, outcomes: readonly [string, string]): void {
    const range = rangeOf(condition);
    const id = this.expect(range, by, outcomes);
    this.around(range, `Probe.hit(${id}, `, ")");
  }

  /** Asks before the loop what the loop will ask first. */
  private probeEntry(loop: Node): void {
    const { condition, initializationExpression: start } = loop;
    if (!isNode(condition)) return;
    for (const asked of [condition, ...(isNode(start) ? [start] : [])])
      for (const { node } of walk(asked))
        if (hasEffect(node)) throw new Error(`${this.file}: a loop's header has an effect.`);
    const range = rangeOf(condition);
    const id = this.expect(range, "loop", ["not entered", "entered"]);
    const begun = isNode(start) ? `${this.read(rangeOf(start))}; ` : "";
    const asked = `{ ${begun}Probe.hit(${id}, ${this.read(range)}); } `;
    this.around({ start: rangeOf(loop).start, end: rangeOf(loop).start }, asked, "");
  }

  private probeClause(attempt: Node, clause: Node): void {
    const isSuccess = parts(attempt, "clauses")[0] === clause;
    const call = rangeOf(part(attempt, "externalCall"));
    const id = this.expect(call, "try", [isSuccess ? "succeeds" : "fails"]);
    const inside = rangeOf(part(clause, "block")).start + 1;
    this.around({ start: inside, end: inside }, ` Probe.hit(${id}); `, "");
  }

  private probeRequirement(call: Node): void {
    const name = nameOfCall(call);
    const [condition] = parts(call, "arguments");
    if ((name !== "require" && name !== "assert") || condition === undefined) return;
    this.probeCondition(condition, name, ["fails", "passes"]);
  }

  /** Of `a && b && c` each; what `a && b` comes to follows from them. */
  private probeOperands(operation: Node): void {
    const operator = word(operation, "operator");
    if (operator !== "&&" && operator !== "||") return;
    for (const side of ["leftExpression", "rightExpression"]) {
      const operand = part(operation, side);
      if (isJunction(operand)) continue;
      const name = `${side.slice(0, -"Expression".length)} of ${operator}`;
      this.probeCondition(operand, name, ["is false", "is true"]);
    }
  }

  /** @returns the number of the first of them */
  private expect(range: Range, by: string, outcomes: readonly string[]): number {
    const first = this.firstId + this.outcomes.length;
    const lines = this.source.toString("utf8", 0, range.start).split("\n");
    const place = {
      kind: by === "" ? ("statement" as const) : ("branch" as const),
      by,
      file: this.file,
      line: lines.length,
      column: (lines.at(-1) ?? "").length + 1,
      text: this.read(range).replace(/\s+/g, " "),
    };
    this.outcomes.push(...outcomes.map((what, index) => ({ id: first + index, ...place, what })));
    return first;
  }

  /** Parents come first: theirs stays outside. */
  private around({ start, end }: Range, opening: string, closing: string): void {
    this.before.set(start, (this.before.get(start) ?? "") + opening);
    this.after.set(end, closing + (this.after.get(end) ?? ""));
  }

  /** A statement's range ends before its semicolon. */
  private closed({ start, end }: Range): Range {
    return { start, end: this.read({ start: end, end: end + 1 }) === ";" ? end + 1 : end };
  }

  private read({ start, end }: Range): string {
    return this.source.toString("utf8", start, end);
  }
}

const blocks = new Set(["Block", "UncheckedBlock"]);

function isStatement(node: Node, parent: Node | undefined): parent is Node {
  if (parent === undefined || blocks.has(node.nodeType)) return false;
  if (parts(parent, "statements").includes(node)) return true;
  // A body without braces.
  const bodies = ["IfStatement", "ForStatement", "WhileStatement"].includes(parent.nodeType)
    ? ["trueBody", "falseBody", "body"]
    : [];
  return bodies.some((field) => parent[field] === node);
}

function isJunction(operand: Node): boolean {
  if (operand.nodeType === "TupleExpression") return parts(operand, "components").some(isJunction);
  return operand.nodeType === "BinaryOperation" && ["&&", "||"].includes(word(operand, "operator"));
}

function hasEffect(node: Node): boolean {
  if (node.nodeType === "FunctionCall") return node["kind"] === "functionCall";
  return node.nodeType === "UnaryOperation" && ["++", "--"].includes(word(node, "operator"));
}
