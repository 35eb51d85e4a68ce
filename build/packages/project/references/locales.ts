import { bindingsOf } from './bindings.ts';
import { Evaluator } from './evaluate.ts';
import {
  calledName,
  childrenOf,
  isIdentifier,
  isTypeNode,
  type Node,
  nodeAt,
  nodesAt,
  unwrapped,
} from './nodes.ts';

/** A language that a program asks for by name, other than English. */
export interface WantedLocale {
  /** As the program has it: `de-DE`. */
  readonly tag: string;
  readonly offset: number;
}

/** Most files have none of these words, and need not be parsed. */
export const usesLocales = /\b(?:Intl|toLocale(?:Date|Time)?String|localeCompare)\b/;

/** @param file absolute path @param program the root of its syntax tree */
export function wantedLocales(file: string, program: Node): WantedLocale[] {
  const found: WantedLocale[] = [];
  const evaluator = new Evaluator(file, bindingsOf(program));
  const visit = (node: Node): void => {
    if (isTypeNode(node)) return;
    const tag = evaluator.text(firstOf(localeArgument(node)));
    if (tag !== undefined && isForeign(tag)) found.push({ tag, offset: node.start });
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  return found;
}

/** Upper and lower case need no data of languages: `toLocaleUpperCase('tr')` is not here. */
function localeArgument(node: Node): Node | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const [first, second] = nodesAt(node, 'arguments');
  const callee = unwrapped(nodeAt(node, 'callee'));
  if (callee?.type !== 'MemberExpression') return undefined;
  if (isIdentifier(nodeAt(callee, 'object'), 'Intl')) return first;
  const name = calledName(node) ?? '';
  if (/^toLocale(?:Date|Time)?String$/.test(name)) return first;
  return name === 'localeCompare' ? second : undefined;
}

/** Of a list, the language that the program likes best. */
function firstOf(argument: Node | undefined): Node | undefined {
  const node = unwrapped(argument);
  return node?.type === 'ArrayExpression' ? nodesAt(node, 'elements')[0] : node;
}

/** `und` and `mul` are no language; what is no tag is an error of the program's own. */
function isForeign(tag: string): boolean {
  try {
    return !['en', 'und', 'mul', 'zxx'].includes(new Intl.Locale(tag).language);
  } catch {
    return false;
  }
}
