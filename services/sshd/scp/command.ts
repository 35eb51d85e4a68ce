import { isAbsolute, join } from 'node:path';

/** A run of scp at the far end: `scp -t` receives files, `scp -f` sends them. */
export interface ScpCommand {
  readonly mode: 'receive' | 'send';
  readonly recursive: boolean;
  /** Keep times and modes. */
  readonly preserve: boolean;
  /** The target must be a folder. */
  readonly folder: boolean;
  readonly paths: readonly string[];
}

/**
 * Reads the command that a client of the old protocol runs. Undefined for any other one, and for one that
 * needs a shell: with patterns or variables in its paths.
 */
export function parseScp(command: string, home: string): ScpCommand | undefined {
  const [program, ...words] = splitWords(command) ?? [];
  if (!/^(\/usr\/bin\/)?scp$/.test(program ?? '')) return undefined;
  const first = words.findIndex((word) => !word.startsWith('-') || word === '--');
  const letters = words.slice(0, first).join('').replaceAll('-', '');
  const paths = words.slice(words[first] === '--' ? first + 1 : first);
  if (first < 0 || !/^[rpdvqtf]+$/.test(letters) || paths.length === 0) return undefined;
  const has = (letter: string): boolean => letters.includes(letter);
  if (has('t') === has('f') || (has('t') && paths.length > 1)) return undefined;
  return {
    ...{ mode: has('t') ? 'receive' : 'send', recursive: has('r'), preserve: has('p'), folder: has('d') },
    paths: paths.map((path) => (isAbsolute(path) ? path : join(home, path.replace(/^~(\/|$)/, './')))),
  };
}

/** As a shell splits it, without what only a shell can do. */
function splitWords(command: string): string[] | undefined {
  const pattern = /\s*((?:'[^']*'|"[^"$`\\]*"|\\.|[^\s'"\\$`*?[\]{}()<>|&;!#])+)(?=\s|$)/y;
  const words: string[] = [];
  while (pattern.lastIndex < command.trimEnd().length) {
    const [, word] = pattern.exec(command) ?? [];
    if (word === undefined) return undefined;
    words.push(word.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, '$1$2$3'));
  }
  return words;
}
