import {
  isNode,
  nameOfCall,
  part,
  parts,
  rangeOf,
  typeOf,
  word,
  type Node,
  type Range,
} from "../../solidity/syntax.ts";

/** Another text for a range of the source. */
interface Edit {
  readonly range: Range;
  readonly text: string;
}

/** The source as the tree's offsets count it. */
type Read = (range: Range) => string;

type Operator = (node: Node, read: Read, parent: Node | undefined) => readonly Edit[];

/** One fault of a programmer each, by its name. */
export const operators: Readonly<Record<string, Operator>> = {
  operator: replaceOperator,
  assignment: replaceAssignment,
  sign: dropSign,
  condition: fixCondition,
  requirement: dropRequirement,
  statement: dropStatement,
  literal: changeLiteral,
  choice: swapChoice,
  answer: replaceAnswer,
  modifier: dropModifier,
  arguments: swapArguments,
  extreme: swapExtreme,
};

const others: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  "&&": ["||"],
  "||": ["&&"],
  "&": ["|"],
  "|": ["&"],
  "^": ["&"],
  "<<": [">>"],
  ">>": ["<<"],
};

function replaceOperator(node: Node, read: Read): readonly Edit[] {
  if (node.nodeType !== "BinaryOperation") return [];
  return betweenSides(node, "leftExpression", "rightExpression", read);
}

function replaceAssignment(node: Node, read: Read): readonly Edit[] {
  if (node.nodeType !== "Assignment") return [];
  return betweenSides(node, "leftHandSide", "rightHandSide", read);
}

/** `+=` becomes `-=` where `+` becomes `-`. */
function betweenSides(node: Node, left: string, right: string, read: Read): readonly Edit[] {
  const known = word(node, "operator");
  const gap = { start: rangeOf(part(node, left)).end, end: rangeOf(part(node, right)).start };
  const start = gap.start + Buffer.from(read(gap)).indexOf(known);
  const range = { start, end: start + known.length };
  const assigns = node.nodeType === "Assignment";
  const bare = assigns ? known.slice(0, -1) : known;
  return (others[bare] ?? []).map((text) => ({ range, text: assigns ? `${text}=` : text }));
}

function dropSign(node: Node, read: Read): readonly Edit[] {
  if (node.nodeType !== "UnaryOperation") return [];
  const operand = read(rangeOf(part(node, "subExpression")));
  const range = rangeOf(node);
  switch (word(node, "operator")) {
    case "!":
    case "-":
    case "~":
      return [{ range, text: operand }];
    case "++":
      return [{ range, text: `${operand}--` }];
    case "--":
      return [{ range, text: `${operand}++` }];
    default:
      return [];
  }
}

function fixCondition(node: Node): readonly Edit[] {
  if (node.nodeType !== "IfStatement") return [];
  const range = rangeOf(part(node, "condition"));
  return ["true", "false"].map((text) => ({ range, text }));
}

function dropRequirement(node: Node): readonly Edit[] {
  if (node.nodeType !== "FunctionCall" || nameOfCall(node) !== "require") return [];
  const [condition] = parts(node, "arguments");
  return condition === undefined ? [] : [{ range: rangeOf(condition), text: "true" }];
}

function dropStatement(node: Node, read: Read, parent: Node | undefined): readonly Edit[] {
  const isHeader = parent?.nodeType === "ForStatement" && parent["body"] !== node;
  const isDropped =
    node.nodeType === "EmitStatement" ||
    node.nodeType === "RevertStatement" ||
    (node.nodeType === "ExpressionStatement" && !isHeader && !isRequirement(node));
  if (!isDropped) return [];
  const { start, end } = rangeOf(node);
  // A statement's range ends before its semicolon, and an empty block takes none.
  const closed = read({ start: end, end: end + 1 }) === ";" ? end + 1 : end;
  return [{ range: { start, end: closed }, text: "{}" }];
}

function isRequirement(statement: Node): boolean {
  const expression = part(statement, "expression");
  return expression.nodeType === "FunctionCall" && nameOfCall(expression) === "require";
}

function changeLiteral(node: Node, read: Read): readonly Edit[] {
  if (node.nodeType !== "Literal") return [];
  const range = rangeOf(node);
  const text = read(range);
  if (word(node, "kind") === "bool") return [{ range, text: text === "true" ? "false" : "true" }];
  const digits = /^[\d_]+(?=\s|$)/.exec(text)?.[0];
  if (word(node, "kind") !== "number" || digits === undefined) return [];
  const value = BigInt(digits.replaceAll("_", ""));
  const values = new Set([0n, value + 1n, value > 0n ? value - 1n : 1n]);
  values.delete(value);
  return [...values].map((other) => ({ range, text: text.replace(digits, String(other)) }));
}

/** `c ? a : b` becomes `c ? b : a`. */
function swapChoice(node: Node, read: Read): readonly Edit[] {
  if (node.nodeType !== "Conditional") return [];
  const [yes, no] = [part(node, "trueExpression"), part(node, "falseExpression")].map(rangeOf);
  return yes === undefined || no === undefined ? [] : swap(yes, no, read);
}

function replaceAnswer(node: Node, read: Read): readonly Edit[] {
  if (node.nodeType !== "Return" || !isNode(node["expression"])) return [];
  const expression = node["expression"];
  const range = rangeOf(expression);
  const type = typeOf(expression);
  const known = read(range);
  if (type === "bool") return [{ range, text: `!(${known})` }];
  const nothing = /^u?int\d+$/.test(type)
    ? "0"
    : /^(bytes\d+|address)$/.test(type)
      ? `${type}(0)`
      : known;
  return nothing === known ? [] : [{ range, text: nothing }];
}

function dropModifier(node: Node): readonly Edit[] {
  if (node.nodeType !== "ModifierInvocation" || node["kind"] !== "modifierInvocation") return [];
  return [{ range: rangeOf(node), text: "" }];
}

/** Of these the order of the arguments makes no difference: extremes and products. */
const symmetric = new Set(["min", "max", "valueHalfUp", "shareDown"]);

/** An argument changes places with the next one of its type. */
function swapArguments(node: Node, read: Read): readonly Edit[] {
  if (node.nodeType !== "FunctionCall" || parts(node, "arguments").length < 2) return [];
  const name = nameOfCall(node);
  if (name === "require" || symmetric.has(name)) return [];
  const given = parts(node, "arguments");
  return given.flatMap((one, index) => {
    const next = given.slice(index + 1).find((other) => typeOf(other) === typeOf(one));
    return next === undefined ? [] : swap(rangeOf(one), rangeOf(next), read);
  });
}

function swapExtreme(node: Node, read: Read): readonly Edit[] {
  const swapped = ({ min: "max", max: "min" } as Record<string, string>)[word(node, "memberName")];
  if (node.nodeType !== "MemberAccess" || swapped === undefined) return [];
  const range = rangeOf(node);
  if (!read(range).startsWith("Math.")) return [];
  return [{ range, text: `Math.${swapped}` }];
}

function swap(first: Range, second: Range, read: Read): readonly Edit[] {
  const [a, b] = [read(first), read(second)];
  if (a === b) return [];
  const between = read({ start: first.end, end: second.start });
  return [{ range: { start: first.start, end: second.end }, text: b + between + a }];
}
