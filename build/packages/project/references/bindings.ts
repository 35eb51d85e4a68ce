import { childrenOf, type Node, nodeAt, nodesAt } from './nodes.ts';

/**
 * The names that a file declares, at any depth; with its value for a name that is declared once and never
 * assigned to.
 */
export type Bindings = ReadonlyMap<string, Node | undefined>;

export function bindingsOf(program: Node): Bindings {
  const found = new Map<string, Node | undefined>();
  const declare = (name: unknown, value?: Node): void => {
    if (typeof name === 'string') found.set(name, found.has(name) ? undefined : value);
  };
  const visit = (node: Node): void => {
    const { type } = node;
    if (type === 'VariableDeclarator') declareVariable(node, declare);
    else if (/^(?:Function|Arrow|Class)/.test(type)) {
      declare(nodeAt(node, 'id')?.name);
      for (const param of nodesAt(node, 'params')) for (const name of patternNames(param)) declare(name);
    } else if (/^Import.*Specifier$/.test(type)) declare(nodeAt(node, 'local')?.name);
    else if (type === 'AssignmentExpression') for (const name of assignedNames(node)) declare(name);
    else if (type === 'CatchClause') for (const name of patternNames(nodeAt(node, 'param'))) declare(name);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  return found;
}

function declareVariable(node: Node, declare: (name: unknown, value?: Node) => void): void {
  const id = nodeAt(node, 'id');
  if (id?.type === 'Identifier') declare(id.name, nodeAt(node, 'init'));
  else for (const name of patternNames(id)) declare(name);
}

/** A name that is assigned to counts as declared twice: its value is not known. */
function assignedNames(node: Node): unknown[] {
  const names = patternNames(nodeAt(node, 'left'));
  return [...names, ...names];
}

/** The names in a parameter or on the left of `=`. */
function patternNames(node: Node | undefined): unknown[] {
  if (!node) return [];
  if (node.type === 'Identifier') return [node.name];
  if (node.type === 'Property') return patternNames(nodeAt(node, 'value'));
  if (node.type === 'AssignmentPattern') return patternNames(nodeAt(node, 'left'));
  if (node.type === 'RestElement') return patternNames(nodeAt(node, 'argument'));
  if (node.type === 'TSParameterProperty') return patternNames(nodeAt(node, 'parameter'));
  if (/^(?:Object|Array)Pattern$/.test(node.type)) return childrenOf(node).flatMap(patternNames);
  return [];
}
