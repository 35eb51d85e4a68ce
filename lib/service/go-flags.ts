import { KitError } from '../errors/errors.ts';

/**
 * Arguments as Go's `flag` package takes them, which LinuxKit's programs use, for `readArguments`: flags have
 * one dash or two (`-type ext4`), a flag without value may have one all the same (`-force=false`), and what
 * follows the first word that is no flag is no flag either.
 * @param switches names of flags without value: `['force']`
 */
export function goFlags(args: readonly string[], switches: readonly string[] = []): string[] {
  const made: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    const [, name, value] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) return [...made, '--', ...args.slice(word === '--' ? at + 1 : at)];
    if (!switches.includes(name)) {
      if (value === undefined) at += 1;
      const given = value ?? args[at];
      made.push(given === undefined ? `--${name}` : `--${name}=${given}`);
    } else if (value === undefined || isTrue(value)) made.push(`--${name}`);
    else if (!isFalse(value)) made.push(`--${name}=${value}`);
  }
  return made;
}

/**
 * Refuses words that are no flags. @param words what `readArguments` has read as positional
 * @param flags those that there are, as people write them @throws KitError if there are any words
 */
export function refuseWords(program: string, words: readonly string[], flags: string): void {
  if (words.length === 0) return;
  throw new KitError(`Cannot use "${words.join(' ')}": ${program} takes flags only`, {
    hint: flags,
    exitCode: 2,
  });
}

/** strconv.ParseBool of Go. */
const isTrue = (word: string): boolean => ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(word);
const isFalse = (word: string): boolean => ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(word);
