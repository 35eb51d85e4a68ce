import { lockError } from './graph.ts';

/** An entry of a yarn.lock of Yarn 1. */
export interface YarnEntry {
  readonly version: string;
  readonly resolved: string | undefined;
  readonly integrity: string | undefined;
  readonly dependencies: ReadonlyMap<string, string>;
  readonly optionalDependencies: ReadonlyMap<string, string>;
}

/**
 * Reads the lines of a yarn.lock of Yarn 1, which resembles YAML:
 *
 *     "@a/b@^1.0.0", "@a/b@^1.1.0":
 *       version "1.2.0"
 *       resolved "https://npm.example/@a/b/-/b-1.2.0.tgz#0123…"
 *       integrity sha512-…
 *       dependencies:
 *         c "^2.0.0"
 *
 * @returns entries by each of their patterns (`@a/b@^1.0.0`)
 */
export function parseYarnLock(text: string, file: string): Map<string, YarnEntry> {
  const entries = new Map<string, YarnEntry>();
  let current: Draft | undefined;
  let block: Map<string, string> | undefined;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const indent = line.length - line.trimStart().length;
    const words = wordsOf(line.trim().replace(/:$/, ''));
    const wrong = () => lockError(file, `line ${at + 1} is none of Yarn 1: ${line.trim().slice(0, 60)}`);
    if (indent === 0 && line.endsWith(':')) {
      current = { fields: new Map(), dependencies: new Map(), optionalDependencies: new Map() };
      block = undefined;
      const entry = current;
      for (const pattern of words) entries.set(pattern, entryOf(entry));
    } else if (indent === 2 && current && line.endsWith(':')) {
      block = words[0] === 'optionalDependencies' ? current.optionalDependencies : current.dependencies;
    } else if (indent === 2 && current && words.length === 2) {
      current.fields.set(words[0] ?? '', words[1] ?? '');
    } else if (indent === 4 && block && words.length === 2) {
      block.set(words[0] ?? '', words[1] ?? '');
    } else throw wrong();
  }
  return entries;
}

interface Draft {
  readonly fields: Map<string, string>;
  readonly dependencies: Map<string, string>;
  readonly optionalDependencies: Map<string, string>;
}

/** The entry, whose lines are still to be read. */
function entryOf(draft: Draft): YarnEntry {
  return {
    get version() {
      return draft.fields.get('version') ?? '';
    },
    get resolved() {
      return draft.fields.get('resolved');
    },
    get integrity() {
      return draft.fields.get('integrity');
    },
    dependencies: draft.dependencies,
    optionalDependencies: draft.optionalDependencies,
  };
}

/** Words with or without quotes, separated by spaces or commas. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s,"]+)/g)].map((found) => found[1] ?? found[2] ?? '');
}
