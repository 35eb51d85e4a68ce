import { readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

/** A declaration file as tsc writes it: statements at the top level begin at the start of a line. */
interface Declarations {
  readonly statements: readonly Statement[];
  /** What its statements import or export again, by the name in this file. */
  readonly imports: ReadonlyMap<string, Import>;
}

interface Statement {
  readonly text: string;
  /** Empty for an import, or a list of exports. */
  readonly declares: string;
}

interface Import {
  /** Relative to the folder of all files, or the name of a module. */
  readonly from: string;
  readonly name: string;
}

/**
 * The declarations that those of the entries need, by file. All that tsc writes would bring along the types
 * of the libraries that other functions in those files use.
 * @param folder of the files @param entries relative to it
 */
export function usedTypes(folder: string, entries: readonly string[]): ReadonlyMap<string, string> {
  const files = new Map<string, Declarations>();
  const used = new Map<string, Set<string>>();
  for (const entry of entries) for (const name of exportsOf(fileAt(entry))) use(entry, name);
  return new Map([...used].map(([path, names]) => [path, textOf(path, fileAt(path), names)]));

  function fileAt(path: string): Declarations {
    const known = files.get(path) ?? parse(readFileSync(join(folder, path), 'utf8'), path);
    files.set(path, known);
    return known;
  }

  function use(path: string, name: string): void {
    const names = used.get(path) ?? new Set();
    used.set(path, names);
    if (names.has(name)) return;
    names.add(name);
    const { statements, imports } = fileAt(path);
    const imported = imports.get(name);
    if (imported?.from.endsWith('.d.ts')) use(imported.from, imported.name);
    for (const { declares, text } of statements) {
      if (declares !== name) continue;
      for (const [word] of text.replace(comment, '').matchAll(/(?<![.\w$])[A-Za-z_$][\w$]*/g))
        if (imports.has(word) || statements.some((one) => one.declares === word)) use(path, word);
    }
  }
}

const comment = /\/\*.*?\*\//gs;

function parse(text: string, path: string): Declarations {
  let before = '';
  const statements = text.split(/^(?=(?:import|export|declare|interface|type) )/m).map((part) => {
    // A comment at the end belongs to what follows.
    const [after = ''] = /(?:\/\*\*(?:(?!\*\/).)*\*\/\s*)*$/s.exec(part) ?? [];
    const whole = `${before}${part.slice(0, part.length - after.length)}`;
    before = after;
    return { text: whole, declares: declaredIn(whole) };
  });
  const lists = text.matchAll(/^(?:import|export) (?:type )?\{([^}]*)\}(?: from '([^']+)')?;/gm);
  const imports = [...lists].flatMap(([, names = '', from]) =>
    from === undefined
      ? []
      : namesIn(names).map(([name, as]) => [as, { from: fileOf(path, from), name }] as const),
  );
  return { statements, imports: new Map(imports) };
}

const declaredIn = (text: string): string =>
  /^(?:export )?(?:declare )?(?:abstract )?(?:function|class|const|interface|type|enum) (?!\{)([\w$]+)/m.exec(
    text,
  )?.[1] ?? '';

/** `type A, B as C` */
function namesIn(list: string): [name: string, as: string][] {
  const items = list.split(',').map((item) => item.trim().replace(/^type /, ''));
  return items.filter(Boolean).map((item) => {
    const [name = '', as = name] = item.split(' as ');
    return [name, as];
  });
}

const fileOf = (path: string, from: string): string =>
  from.startsWith('.') ? normalize(join(dirname(path), from)).replace(/\.[jt]s$/, '.d.ts') : from;

function exportsOf({ statements }: Declarations): string[] {
  return statements.flatMap(({ text, declares }) => {
    if (declares !== '') return text.replace(comment, '').trimStart().startsWith('export ') ? [declares] : [];
    const [, list = ''] = /^export (?:type )?\{([^}]*)\}/m.exec(text) ?? [];
    return namesIn(list).map(([, as]) => as);
  });
}

/** The file with these names alone. */
function textOf(path: string, { statements, imports }: Declarations, names: ReadonlySet<string>): string {
  const kept = statements.filter(({ declares }) => names.has(declares)).map(({ text }) => text.trimEnd());
  const again = statements.flatMap(({ text }) => {
    const [, list = ''] = /^export (?:type )?\{([^}]*)\}/m.exec(text) ?? [];
    return namesIn(list).filter(([, as]) => names.has(as));
  });
  const reused = new Set(again.map(([, as]) => as));
  const needed = [...imports].filter(([as]) => names.has(as));
  const lines = needed.map(([as, { from, name }]) => {
    const what = name === as ? name : `${name} as ${as}`;
    return `import { ${what} } from '${specifier(path, from)}';${reused.has(as) ? `\nexport { ${as} };` : ''}`;
  });
  return `${[...lines, ...kept].join('\n')}\n`;
}

/** With the ending that every module resolution understands. */
function specifier(path: string, from: string): string {
  if (!from.endsWith('.d.ts')) return from;
  const to = relative(dirname(path), from).replace(/\.d\.ts$/, '.js');
  return to.startsWith('.') ? to : `./${to}`;
}
