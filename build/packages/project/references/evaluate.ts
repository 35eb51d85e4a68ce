import { createRequire } from 'node:module';
import { dirname, isAbsolute, normalize, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Bindings } from './bindings.ts';
import {
  calledName,
  cooked,
  memberName,
  metaName,
  type Node,
  nodeAt,
  nodesAt,
  textOf,
  unwrapped,
} from './nodes.ts';

/** A path that an expression computes from the place of its own file. */
export interface Place {
  /** Absolute path on the host. */
  readonly path: string;
  /** What the expression gives: a path, the text of a file URL, or a URL object. */
  readonly as: 'path' | 'href' | 'url';
  /** More follows, which is only known when the program runs; `path` is the folder that is known. */
  readonly open: boolean;
}

/** Computes the places that expressions of one file stand for, as far as its text shows them. */
export class Evaluator {
  readonly #file: string;
  readonly #bindings: Bindings;
  readonly #busy = new Set<string>();

  constructor(file: string, bindings: Bindings) {
    this.#file = file;
    this.#bindings = bindings;
  }

  /** Undefined for anything that does not begin at the place of this file. */
  place(expression: Node | undefined): Place | undefined {
    const node = unwrapped(expression);
    switch (node?.type) {
      case 'Identifier':
        return this.#ofName(String(node.name));
      case 'MemberExpression':
        return this.#ofMember(node);
      case 'NewExpression':
        return calledName(node) === 'URL' ? this.#ofUrl(nodesAt(node, 'arguments')) : undefined;
      case 'CallExpression':
        return this.#ofCall(node);
      case 'TemplateLiteral':
        return this.#sum(templateParts(node));
      case 'BinaryExpression':
        return node.operator === '+' ? this.#sum(summands(node)) : undefined;
      default:
        return undefined;
    }
  }

  /** The text of an expression that is a constant. */
  text(expression: Node | undefined): string | undefined {
    const node = unwrapped(expression);
    const text = textOf(node);
    if (text !== undefined || node?.type !== 'Identifier') return text;
    return this.#through(String(node.name), (value) => this.text(value));
  }

  isDeclared(name: string): boolean {
    return this.#bindings.has(name);
  }

  #ofName(name: string): Place | undefined {
    if (this.#bindings.has(name)) return this.#through(name, (value) => this.place(value));
    if (name === '__dirname') return placeOf(dirname(this.#file));
    return name === '__filename' ? placeOf(this.#file) : undefined;
  }

  #ofMember(node: Node): Place | undefined {
    const meta = metaName(node);
    if (meta === 'dirname') return placeOf(dirname(this.#file));
    if (meta === 'filename') return placeOf(this.#file);
    if (meta === 'url') return placeOf(this.#file, 'href');
    const name = memberName(node);
    if (name !== 'href' && name !== 'pathname') return undefined;
    const url = this.place(nodeAt(node, 'object'));
    return url?.as === 'url' ? { ...url, as: name === 'href' ? 'href' : 'path' } : undefined;
  }

  #ofUrl([relative, base]: readonly Node[]): Place | undefined {
    const from = this.place(base ?? relative);
    if (!from || from.open || from.as === 'path') return undefined;
    if (!base) return { ...from, as: 'url' };
    const text = this.text(relative);
    if (text !== undefined) return within(from.path, text, false);
    const [known] = relative?.type === 'TemplateLiteral' ? templateParts(relative) : summands(relative);
    return within(from.path, (typeof known === 'string' ? known : textOf(known)) ?? '', true);
  }

  #ofCall(node: Node): Place | undefined {
    const [first, ...more] = nodesAt(node, 'arguments');
    switch (calledName(node)) {
      case 'fileURLToPath':
        return this.#converted(first, ['href', 'url'], 'path');
      case 'pathToFileURL':
        return this.#converted(first, ['path'], 'url');
      case 'toString':
        return this.#converted(nodeAt(nodeAt(node, 'callee') ?? node, 'object'), ['url'], 'href');
      case 'dirname': {
        const place = this.place(first);
        return place?.as === 'path' && !place.open ? placeOf(dirname(place.path)) : undefined;
      }
      case 'normalize':
      case 'join':
      case 'resolve':
        return this.#resolved(node, first) ?? this.#joined(this.place(first), more);
      default:
        return undefined;
    }
  }

  #converted(node: Node | undefined, from: readonly Place['as'][], to: Place['as']): Place | undefined {
    const place = this.place(node);
    return place && from.includes(place.as) ? { ...place, as: to } : undefined;
  }

  #joined(first: Place | undefined, more: readonly Node[]): Place | undefined {
    if (first?.as !== 'path' || first.open) return first?.open ? first : undefined;
    let path = first.path;
    for (const node of more) {
      const text = this.text(node);
      if (text === undefined) return { path: normalize(path), as: 'path', open: true };
      // resolve() begins anew at an absolute path.
      if (isAbsolute(text) && calledName(node) === 'resolve') return undefined;
      path = `${path}/${text}`;
    }
    return placeOf(normalize(path));
  }

  /** `require.resolve('x')` and `import.meta.resolve('x')` of something that is installed. */
  #resolved(node: Node, first: Node | undefined): Place | undefined {
    const callee = unwrapped(nodeAt(node, 'callee'));
    if (memberName(callee) !== 'resolve' || !callee) return undefined;
    const isMeta = metaName(callee) !== undefined;
    const object = nodeAt(callee, 'object');
    if (!isMeta && !(object?.type === 'Identifier' && object.name === 'require')) return undefined;
    const text = this.text(first);
    const path = text === undefined ? undefined : resolved(text, this.#file);
    return path === undefined ? undefined : placeOf(path, isMeta ? 'href' : 'path');
  }

  /** `a + b`, `${a}/b`: a place, and texts that begin with a slash or follow one. */
  #sum(parts: readonly (Node | string)[]): Place | undefined {
    const full = parts.filter((part) => part !== '');
    const isScheme = full[0] === 'file://' || (typeof full[0] === 'object' && textOf(full[0]) === 'file://');
    const [first, ...more] = isScheme ? full.slice(1) : full;
    const start = typeof first === 'string' ? undefined : this.place(first);
    if (!start || start.open || start.as === 'url') return start?.open ? start : undefined;
    let path = start.path;
    for (const part of more) {
      const text = typeof part === 'string' ? part : this.text(part);
      const continues = path.endsWith('/') || path !== start.path;
      if (!continues && !text?.startsWith('/')) return undefined;
      if (text === undefined) return { path: folderOf(path), as: start.as, open: true };
      path += text;
    }
    return { path: normalize(path), as: isScheme ? 'href' : start.as, open: false };
  }

  /** The value of a constant; names that depend on themselves have none. */
  #through<T>(name: string, read: (value: Node) => T | undefined): T | undefined {
    const value = this.#bindings.get(name);
    if (!value || this.#busy.has(name)) return undefined;
    this.#busy.add(name);
    try {
      return read(value);
    } finally {
      this.#busy.delete(name);
    }
  }
}

const placeOf = (path: string, form: Place['as'] = 'path'): Place => ({ path, as: form, open: false });

/** The place of a relative URL. @param open `text` is only the beginning of it */
function within(base: string, text: string, open: boolean): Place | undefined {
  const relative = open ? text.slice(0, text.lastIndexOf('/') + 1) : text;
  if (/^[a-z][a-z+.-]*:|^\/\//i.test(relative)) return undefined;
  const url = new URL(relative || '.', pathToFileURL(base));
  return { path: fileURLToPath(new URL(url.pathname, 'file://')), as: 'url', open };
}

function resolved(text: string, file: string): string | undefined {
  try {
    const path = createRequire(file).resolve(text);
    return isAbsolute(path) ? path : undefined;
  } catch {
    // Not installed, or TypeScript with the ending of its JavaScript.
    return /^\.{1,2}\//.test(text) ? resolve(dirname(file), text) : undefined;
  }
}

/** `/a/b` for `/a/b/x`, where more is to follow. */
const folderOf = (path: string): string => normalize(path.slice(0, path.lastIndexOf('/')) || '/');

function templateParts(node: Node): (Node | string)[] {
  const expressions = nodesAt(node, 'expressions');
  return nodesAt(node, 'quasis').flatMap((quasi, at) => [cooked(quasi), ...expressions.slice(at, at + 1)]);
}

/** `[a, b, c]` for `a + b + c`. */
function summands(expression: Node | undefined): Node[] {
  const node = unwrapped(expression);
  if (node?.type !== 'BinaryExpression' || node.operator !== '+') return node ? [node] : [];
  return [...summands(nodeAt(node, 'left')), ...summands(nodeAt(node, 'right'))];
}
