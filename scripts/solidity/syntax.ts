/** A node of the compiler's syntax tree. */
export interface Node {
  readonly nodeType: string;
  /** `start:length:file`, in bytes. */
  readonly src: string;
  readonly [field: string]: unknown;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "nodeType" in value && "src" in value;
}

/** The node in a field that always holds one. */
export function part(node: Node, field: string): Node {
  const value = node[field];
  if (!isNode(value)) throw new Error(`${node.nodeType} at ${node.src} has no ${field}.`);
  return value;
}

/** The nodes in a field that holds a list; what is left out of a list is no node. */
export function parts(node: Node, field: string): readonly Node[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function word(node: Node, field: string): string {
  const value = node[field];
  return typeof value === "string" ? value : "";
}

/** The type of an expression, as the compiler calls it. */
export function typeOf(node: Node): string {
  const descriptions = node["typeDescriptions"] as { typeString?: string } | undefined;
  return descriptions?.typeString ?? "";
}

export function rangeOf(node: Node): Range {
  const [start = 0, length = 0] = node.src.split(":").map(Number);
  return { start, end: start + length };
}

/** What a call calls, without its arguments: `require`, `Math.min`. */
export function nameOfCall(call: Node): string {
  const called = part(call, "expression");
  return word(called, called.nodeType === "MemberAccess" ? "memberName" : "name");
}

/** Every node under `node` and itself, parents first, with the names of what encloses it. */
export function* walk(node: Node, parent?: Node, within = ""): Generator<Place> {
  const name = declaring.has(node.nodeType) ? word(node, "name") || word(node, "kind") : within;
  yield { node, parent, within: name };
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) yield* walk(child, node, name);
}

export interface Place {
  readonly node: Node;
  readonly parent: Node | undefined;
  /** The function around it, or the contract where there is none. */
  readonly within: string;
}

const declaring = new Set(["ContractDefinition", "FunctionDefinition", "ModifierDefinition"]);
