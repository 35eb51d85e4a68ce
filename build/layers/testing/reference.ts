import type { TarType } from '../../../lib/archive/tar.ts';

/** An entry of a layer, with its path as the archive spells it. */
export interface CraftedEntry {
  readonly path: string;
  readonly type: TarType;
  readonly linkname: string;
  readonly mode: number;
  readonly uid: number;
  readonly content: string;
  readonly device: readonly [major: number, minor: number];
}

/** Lowest layer first. */
export type CraftedStack = readonly (readonly CraftedEntry[])[];

interface Thing {
  type: TarType;
  mode: number;
  uid: number;
  /** Text of a link, content of a file, numbers of a device. */
  value: string;
  listed: boolean;
  readonly children: Map<string, Thing>;
}

/** What an archive's reader refuses. */
export class Refused extends Error {}

/**
 * The tree of an image by a second, simpler implementation of the same rules, for tests: one folder, into
 * which the entries of all layers are put one after another, as by a program that unpacks on a disk. It knows
 * no layers but the newest: `fresh` are the things that it made or listed.
 */
export class ReferenceTree {
  readonly root: Thing = folder();
  #fresh = new Set<Thing>();
  #aside = new Map<string, Thing>();

  startLayer(): void {
    this.#fresh = new Set();
    this.#aside = new Map();
  }

  add(entry: CraftedEntry): void {
    const parts = clean(entry.path);
    const name = parts.at(-1) ?? '';
    const special = parts.findIndex((part) => part.startsWith('.wh..wh.'));
    const isOpaque = name === '.wh..wh..opq' && special === parts.length - 1;
    const isWhiteout = special < 0 && name.startsWith('.wh.');
    const thing = this.#thing(entry, isOpaque || isWhiteout || special >= 0);
    if (isOpaque || isWhiteout || special >= 0) this.#aside.set(parts.join('/'), thing);
    if (isOpaque) this.#dropOld(this.#find(this.#route(parts.slice(0, -1))));
    else if (special >= 0) return;
    else if (isWhiteout) this.#whiteout([...this.#route(parts.slice(0, -1)), name.slice(4)]);
    else this.#place([...this.#route(parts.slice(0, -1)), ...parts.slice(-1)], thing);
  }

  /** `type mode uid value` by path. */
  list(): Map<string, string> {
    const rows = new Map<string, string>();
    const visit = (at: Thing, path: string): void => {
      for (const [name, child] of at.children) {
        const { type, mode, uid, value } = child;
        rows.set(path + name, row(type, mode, uid, value));
        visit(child, `${path}${name}/`);
      }
    };
    visit(this.root, '');
    return rows;
  }

  #place(path: readonly string[], thing: Thing): void {
    const parent = this.#makeFolders(path.slice(0, -1));
    const name = path.at(-1);
    if (name === undefined) {
      if (thing.type !== 'directory') throw new Refused('the root');
      return;
    }
    const before = parent.children.get(name);
    if (before?.type === 'directory' && thing.type === 'directory') {
      Object.assign(before, { mode: thing.mode, uid: thing.uid, listed: true });
      this.#fresh.add(before);
      return;
    }
    parent.children.delete(name);
    // An overlay can show no device 0:0, and hides what lies below it.
    if (thing.type === 'char' && thing.value === '0:0') return;
    parent.children.set(name, thing);
    this.#fresh.add(thing);
  }

  #thing({ type, mode, uid, linkname, content, device, path }: CraftedEntry, isAside: boolean): Thing {
    if (type !== 'hardlink') {
      const value = { symlink: linkname, file: content, char: device.join(':'), block: device.join(':') };
      return { ...folder(), type, mode, uid, value: value[type as keyof typeof value] ?? '', listed: true };
    }
    const parts = clean(linkname);
    const aside = this.#aside.get(parts.join('/'));
    // Copies: what becomes of one name is not to change another.
    if (aside && (isAside || aside.type !== 'directory')) return { ...aside };
    if (aside) throw new Refused(`the target of ${path}`);
    const target = this.#find([...this.#route(parts.slice(0, -1)), ...parts.slice(-1)]);
    if (isAside) return { ...folder(), ...(target ?? { type: 'file', mode: 0o644 }) };
    if (!target || target.type === 'directory') throw new Refused(`the target of ${path}`);
    return { ...target, listed: true };
  }

  #makeFolders(path: readonly string[]): Thing {
    let at = this.root;
    for (const name of path) {
      let next = at.children.get(name);
      if (next && next.type !== 'directory') {
        if (this.#fresh.has(next)) throw new Refused(`${path.join('/')} is below a file`);
        next = undefined;
      }
      next ??= folder();
      at.children.set(name, next);
      if (!this.#fresh.has(next)) this.#impliedBy.set(next, this.#fresh);
      at = next;
    }
    return at;
  }

  /** Folders that the newest layer has something in without listing them. */
  readonly #impliedBy = new Map<Thing, Set<Thing>>();

  #whiteout(path: readonly string[]): void {
    const parent = this.#find(path.slice(0, -1));
    const thing = parent?.children.get(path.at(-1) ?? '');
    if (parent && thing && !this.#keeps(thing)) parent.children.delete(path.at(-1) ?? '');
    else this.#dropOld(thing);
    if (thing?.type === 'directory' && !this.#fresh.has(thing)) Object.assign(thing, { mode: 0o755, uid: 0 });
  }

  /** Whether the newest layer has the thing, or something in it. */
  #keeps(thing: Thing): boolean {
    return this.#fresh.has(thing) || this.#impliedBy.get(thing) === this.#fresh;
  }

  #dropOld(at: Thing | undefined): void {
    for (const [name, child] of at?.children ?? []) {
      if (!this.#keeps(child)) at?.children.delete(name);
      else {
        this.#dropOld(child);
        if (child.type === 'directory' && !this.#fresh.has(child))
          Object.assign(child, { mode: 0o755, uid: 0 });
      }
    }
  }

  #find(path: readonly string[]): Thing | undefined {
    let at: Thing | undefined = this.root;
    for (const name of path) at = at?.children.get(name);
    return at;
  }

  #route(path: readonly string[]): string[] {
    let done: string[] = [];
    const todo = [...path];
    for (let links = 0; todo.length > 0; ) {
      const part = todo.shift() ?? '';
      if (part === '..') done.pop();
      else {
        const found = this.#find([...done, part]);
        if (found?.type !== 'symlink' || !this.#fresh.has(found)) done.push(part);
        else {
          links += 1;
          if (links > 40) throw new Refused('a circle of links');
          if (found.value.startsWith('/')) done = [];
          todo.unshift(...clean(found.value));
        }
      }
    }
    return done;
  }
}

export const row = (type: string, mode: number, uid: number, value: string): string =>
  `${type} ${type === 'symlink' ? '' : mode.toString(8)} ${uid} ${value}`;

/** The tree of a stack. @throws Refused */
export function referenceList(stack: CraftedStack): Map<string, string> {
  const tree = new ReferenceTree();
  for (const layer of stack) {
    tree.startLayer();
    for (const entry of layer) tree.add(entry);
  }
  return tree.list();
}

const clean = (path: string): string[] => path.split('/').filter((part) => part !== '' && part !== '.');

const folder = (): Thing => ({
  ...{ type: 'directory', mode: 0o755, uid: 0, value: '', listed: false },
  children: new Map(),
});
