import type { SourcePosition } from '../../../lib/errors/errors.ts';
import type { KeyPath } from '../check.ts';

/**
 * The position in the source of a configuration that a value of its manifest probably comes from: its key, if
 * the text has that only once, or that of an enclosing value, else the default export. The values are the
 * result of a program, so nothing better is known.
 */
export function placeInConfig(source: string, file: string, path: KeyPath): SourcePosition {
  const keys = path.filter((step) => typeof step === 'string').reverse();
  for (const key of keys) {
    const found = [...source.matchAll(new RegExp(`(?<![\\w$.])(["']?)${RegExp.escape(key)}\\1\\s*:`, 'g'))];
    if (found.length === 1) return positionAt(source, file, found[0]?.index ?? 0);
  }
  return positionAt(source, file, Math.max(0, source.search(/^export\s+default\b/m)));
}

/** The position of a text, such as a name in quotes; that of the default export if the source lacks it. */
export function placeOfText(source: string, file: string, text: string): SourcePosition {
  const index = source.indexOf(text);
  return index < 0 ? placeInConfig(source, file, []) : positionAt(source, file, index);
}

/** Of the character with this index. */
function positionAt(source: string, file: string, index: number): SourcePosition {
  const before = source.slice(0, index).split('\n');
  return positionOf(source, file, before.length, (before.at(-1) ?? '').length + 1);
}

/** With the text of the line. */
export function positionOf(source: string, file: string, line: number, column: number): SourcePosition {
  return { file, line, column, text: source.split('\n')[line - 1]?.replace(/\r$/, '') ?? '' };
}
