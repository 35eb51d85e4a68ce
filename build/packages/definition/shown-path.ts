import { relative } from 'node:path';

/** A path for messages: relative when it is below the current folder. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' ? '.' : short.startsWith('..') ? path : short;
}
