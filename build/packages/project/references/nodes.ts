/**
 * A node of the syntax tree of a JavaScript or TypeScript file (ESTree), as oxc-parser gives it. `start` and
 * `end` are offsets in the source.
 */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export function nodeAt(parent: Node, key: string): Node | undefined {
  const value = parent[key];
  return isNode(value) ? value : undefined;
}

export function nodesAt(parent: Node, key: string): Node[] {
  const value = parent[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The nodes directly below, in the order of the source. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value) =>
    isNode(value) ? [value] : Array.isArray(value) ? value.filter(isNode) : [],
  );
}

export const isIdentifier = (node: Node | undefined, name?: string): boolean =>
  node?.type === 'Identifier' && (name === undefined || node.name === name);

/** The text of a string literal, or of a template without expressions. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type !== 'TemplateLiteral' || nodesAt(node, 'expressions').length > 0) return undefined;
  return cooked(nodesAt(node, 'quasis')[0]);
}

/** The text between two expressions of a template. */
export function cooked(quasi: Node | undefined): string {
  const value = quasi?.value as { readonly cooked?: unknown } | undefined;
  return typeof value?.cooked === 'string' ? value.cooked : '';
}

/** `join` for `join`, `path.join`, `(0, path_1.join)` and `require('path').join`. */
export function calledName(call: Node): string | undefined {
  const callee = unwrapped(nodeAt(call, 'callee'));
  if (!callee) return undefined;
  if (callee.type === 'Identifier') return String(callee.name);
  if (callee.type === 'SequenceExpression') return memberName(nodesAt(callee, 'expressions').at(-1));
  return memberName(callee);
}

/** `x` for `anything.x`. */
export function memberName(node: Node | undefined): string | undefined {
  if (node?.type !== 'MemberExpression' || node.computed === true) return undefined;
  const name = nodeAt(node, 'property')?.name;
  return typeof name === 'string' ? name : undefined;
}

/** `url` for `import.meta.url`. */
export function metaName(node: Node): string | undefined {
  return nodeAt(node, 'object')?.type === 'MetaProperty' ? memberName(node) : undefined;
}

const wrappers = new Set([
  ...['ParenthesizedExpression', 'ChainExpression', 'TSAsExpression', 'TSSatisfiesExpression'],
  ...['TSNonNullExpression', 'TSTypeAssertion', 'TSInstantiationExpression'],
]);

/** The expression without parentheses and type assertions. */
export function unwrapped(node: Node | undefined): Node | undefined {
  let inner = node;
  while (inner && wrappers.has(inner.type)) inner = nodeAt(inner, 'expression');
  return inner;
}

/** Types have names and paths, too, and are not evaluated. */
export const isTypeNode = ({ type }: Node): boolean =>
  type.startsWith('TS') && !wrappers.has(type) && !valueNodes.has(type);

const valueNodes = new Set([
  ...['TSEnumDeclaration', 'TSEnumBody', 'TSEnumMember', 'TSModuleDeclaration', 'TSModuleBlock'],
  ...['TSExportAssignment', 'TSParameterProperty', 'TSImportEqualsDeclaration'],
]);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
