import { bindingsOf } from './bindings.ts';
import { Evaluator, type Place } from './evaluate.ts';
import {
  calledName,
  childrenOf,
  isIdentifier,
  isTypeNode,
  memberName,
  metaName,
  type Node,
  nodeAt,
  nodesAt,
  unwrapped,
} from './nodes.ts';

/** What the text of a file says about other files. */
export interface Scan {
  readonly places: readonly PlaceUse[];
  /** `require(name)` and `import(name)` of a name that is only known when the program runs. */
  readonly computedLoads: readonly Use[];
  /** `target: 'pino-pretty'`: a module that a thread of pino loads. */
  readonly transports: readonly (Use & { readonly name: string })[];
  /** `import.meta.main`, and `require.main === module` with its truth in the program's main module. */
  readonly mainTests: readonly (Use & { readonly isNegated: boolean })[];
  /** Names for `createRequire(import.meta.url)`: nodes to be replaced, and with what. */
  readonly requires: readonly { readonly node: Node; readonly text: string }[];
}

/** An expression and where it stands. */
export interface Use {
  readonly node: Node;
  /** The function that it is an argument of, at any depth: `readFileSync`, `Worker`. */
  readonly call: string | undefined;
  /** In a `try` block: the program deals with a failure. */
  readonly isTried: boolean;
  /** `{ __dirname }` */
  readonly isShorthand: boolean;
  /** What `require()` or `import()` is given. */
  readonly isLoaded: boolean;
}

export interface PlaceUse extends Use {
  readonly place: Place;
  /** Part of a path that is computed. */
  readonly isPart: boolean;
}

/** @param file absolute path @param program the root of its syntax tree */
export function scan(file: string, program: Node): Scan {
  const scanner = new Scanner(file, program);
  scanner.visit(program, outermost);
  return scanner;
}

type Context = Omit<PlaceUse, 'node' | 'place'> & { readonly isTransport: boolean };

const outermost: Context = {
  ...{ call: undefined, isTried: false, isShorthand: false, isLoaded: false },
  ...{ isPart: false, isTransport: false },
};

class Scanner implements Scan {
  readonly places: PlaceUse[] = [];
  readonly computedLoads: Use[] = [];
  readonly transports: (Use & { name: string })[] = [];
  readonly mainTests: (Use & { isNegated: boolean })[] = [];
  readonly requires: { node: Node; text: string }[] = [];
  readonly #evaluator: Evaluator;
  readonly #requireNames = new Set<string>();

  constructor(file: string, program: Node) {
    const bindings = bindingsOf(program);
    this.#evaluator = new Evaluator(file, bindings);
    for (const [name, value] of bindings) if (this.#isCreateRequire(value)) this.#requireNames.add(name);
  }

  visit(node: Node, context: Context): void {
    if (isTypeNode(node) || this.#removesRequire(node, context) || this.#isMainTest(node, context)) return;
    const place = this.#evaluator.place(node);
    if (place && this.#isOwnText(node)) {
      this.places.push({ node, place, ...context });
      if (!place.open) return;
    } else if (!place) this.#visitLoad(node, context);
    const isPart = context.isPart || place?.open === true;
    const below = { ...context, isShorthand: false, isLoaded: false, isPart };
    for (const child of expressionsOf(node)) this.visit(child, this.#contextOf(node, child, below));
  }

  /** Other names for a place have been replaced where they are declared. */
  #isOwnText(node: Node): boolean {
    return node.type !== 'Identifier' || !this.#evaluator.isDeclared(String(node.name));
  }

  #contextOf(node: Node, child: Node, context: Context): Context {
    if (node.type === 'TryStatement' && child === nodeAt(node, 'block') && nodeAt(node, 'handler'))
      return { ...context, isTried: true };
    if (node.type === 'ImportExpression' && child === nodeAt(node, 'source'))
      return { ...context, isLoaded: true };
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const callee = nodeAt(node, 'callee');
      if (child === callee) return memberName(callee) === 'catch' ? { ...context, isTried: true } : context;
      if (this.#isRequire(node)) return { ...context, isLoaded: true };
      const call = calledName(node);
      // These only pass a path on.
      if (call === undefined || passing.test(call)) return context;
      return { ...context, call, isTransport: context.isTransport || call === 'transport' };
    }
    if (node.type !== 'Property') return context;
    const isTransport =
      context.isTransport || /^(?:transport|targets|pipeline)$/.test(String(nodeAt(node, 'key')?.name));
    return { ...context, isTransport, isShorthand: node.shorthand === true };
  }

  #visitLoad(node: Node, context: Context): void {
    if (node.type === 'Property' && context.isTransport && isIdentifier(nodeAt(node, 'key'), 'target')) {
      const value = nodeAt(node, 'value');
      const name = this.#evaluator.text(value);
      if (value && name !== undefined) this.transports.push({ ...context, node: value, name });
    }
    const isImport = node.type === 'ImportExpression';
    if (!isImport && !this.#isRequire(node)) return;
    const source = isImport ? nodeAt(node, 'source') : nodesAt(node, 'arguments')[0];
    if (!source || this.#evaluator.place(source) || this.#isKnownToBundlers(source)) return;
    this.computedLoads.push({ ...context, node });
  }

  /** esbuild follows `cond ? 'a' : 'b'` and `./locales/${name}.json`. */
  #isKnownToBundlers(source: Node): boolean {
    const node = unwrapped(source) ?? source;
    if (this.#evaluator.text(node) !== undefined) return true;
    if (node.type === 'ConditionalExpression') {
      const both = [nodeAt(node, 'consequent'), nodeAt(node, 'alternate')];
      return both.every((one) => one && this.#isKnownToBundlers(one));
    }
    if (node.type === 'BinaryExpression') return /^\.{1,2}\//.test(this.#leftmostText(node));
    const quasi = node.type === 'TemplateLiteral' ? nodesAt(node, 'quasis')[0] : undefined;
    return /^\.{1,2}\//.test(String((quasi?.value as { cooked?: unknown } | undefined)?.cooked));
  }

  #leftmostText(node: Node): string {
    const left = unwrapped(nodeAt(node, 'left'));
    return left?.type === 'BinaryExpression' ? this.#leftmostText(left) : (this.#evaluator.text(left) ?? '');
  }

  #isRequire(node: Node): boolean {
    const callee = nodeAt(node, 'callee');
    return node.type === 'CallExpression' && (this.#isRequireName(callee) || this.#isCreateRequire(callee));
  }

  #isRequireName(node: Node | undefined): boolean {
    if (node?.type !== 'Identifier') return false;
    const name = String(node.name);
    return this.#requireNames.has(name) || (name === 'require' && !this.#evaluator.isDeclared(name));
  }

  /** esbuild follows `require`, but not what `createRequire` returns. */
  #removesRequire(node: Node, { isShorthand }: Context): boolean {
    if (node.type === 'VariableDeclarator' && this.#isCreateRequire(nodeAt(node, 'init'))) {
      this.requires.push({ node, text: `kitCreated_${String(nodeAt(node, 'id')?.name)} = undefined` });
      return true;
    }
    if (this.#isCreateRequire(node)) this.requires.push({ node, text: 'require' });
    else if (isIdentifier(node) && this.#requireNames.has(String(node.name)) && node.name !== 'require')
      this.requires.push({ node, text: isShorthand ? `${String(node.name)}: require` : 'require' });
    else return false;
    return true;
  }

  #isCreateRequire(value: Node | undefined): boolean {
    const node = unwrapped(value);
    if (node?.type !== 'CallExpression' || calledName(node) !== 'createRequire') return false;
    const place = this.#evaluator.place(nodesAt(node, 'arguments')[0]);
    return place !== undefined && !place.open;
  }

  #isMainTest(node: Node, context: Context): boolean {
    if (metaName(node) === 'main') {
      this.mainTests.push({ ...context, node, isNegated: false });
      return true;
    }
    if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(String(node.operator))) return false;
    const sides = [nodeAt(node, 'left'), nodeAt(node, 'right')];
    const isRequireMain = (side: Node | undefined): boolean =>
      memberName(side) === 'main' && !!side && this.#isRequireName(nodeAt(side, 'object'));
    const isModule = (side: Node | undefined): boolean => isIdentifier(side, 'module');
    if (!sides.some(isRequireMain) || !sides.some(isModule)) return false;
    this.mainTests.push({ ...context, node, isNegated: String(node.operator).startsWith('!') });
    return true;
  }
}

const passing = /^(?:URL|join|resolve|normalize|fileURLToPath|pathToFileURL|String|toString)$/;

/** The nodes below that are evaluated: not names of properties, of declarations or of exports. */
function expressionsOf(node: Node): Node[] {
  const skipped = new Set<Node | undefined>();
  if (node.type === 'MemberExpression' && node.computed !== true) skipped.add(nodeAt(node, 'property'));
  if (
    /^(?:Property|PropertyDefinition|MethodDefinition|AccessorProperty)$/.test(node.type) &&
    node.computed !== true
  )
    skipped.add(nodeAt(node, 'key'));
  if (/Declarat|^Function|^Class|^TSEnum|^TSModule/.test(node.type)) skipped.add(nodeAt(node, 'id'));
  if (/Specifier$|^(?:Break|Continue)Statement$/.test(node.type)) return [];
  if (node.type === 'LabeledStatement') skipped.add(nodeAt(node, 'label'));
  return childrenOf(node).filter((child) => !skipped.has(child));
}
