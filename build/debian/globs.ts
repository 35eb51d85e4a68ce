/**
 * Tests whether a text matches one of the globs: `*` matches anything but a slash, `**` anything, `?` one
 * character, `{a,b}` either alternative. `/a/**` matches the folder `/a` too.
 *
 * Not by regular expressions, whose time for a text that does not match grows with a power of the number of
 * `*`: here it is the product of both lengths.
 */
export function globMatcher(globs: readonly string[]): (text: string) => boolean {
  const patterns = globs.flatMap(alternatives).map(patternOf);
  return (text) => patterns.some((pattern) => text.startsWith(pattern.start) && matches(pattern, text));
}

interface Part {
  readonly matches: (character: string) => boolean;
  /** Any number of such characters, also none. */
  readonly repeats: boolean;
}

interface Pattern {
  /** The text up to the first wildcard: most paths differ there. */
  readonly start: string;
  readonly parts: readonly Part[];
}

/** Beyond these, `{a,b}{a,b}…` is no list that somebody wrote. */
const mostAlternatives = 1000;

/** The glob without braces, once for each combination; and `/a` beside `/a/**`. */
function alternatives(glob: string): string[] {
  let found = [''];
  for (const part of glob.match(/\{[^{}]*\}|[^{]+|\{/gs) ?? []) {
    const choices = part.length > 1 && part.startsWith('{') ? part.slice(1, -1).split(',') : [part];
    found = combined(found, choices);
  }
  return found.flatMap((text) => (text.endsWith('/**') ? [text.slice(0, -'/**'.length), text] : [text]));
}

const combined = (texts: readonly string[], choices: readonly string[]): string[] =>
  texts.flatMap((text) => choices.map((choice) => text + choice)).slice(0, mostAlternatives);

function patternOf(glob: string): Pattern {
  const [start = ''] = /^[^*?]*/.exec(glob) ?? [];
  const parts = (glob.slice(start.length).match(/\*+|./gsu) ?? []).map(partOf);
  return { start, parts };
}

function partOf(word: string): Part {
  if (word === '?') return { matches: isNoSlash, repeats: false };
  if (word === '*') return { matches: isNoSlash, repeats: true };
  if (word.startsWith('**')) return { matches: () => true, repeats: true };
  return { matches: (character) => character === word, repeats: false };
}

const isNoSlash = (character: string): boolean => character !== '/';

/** Follows all ways through the pattern at once. */
function matches({ start, parts }: Pattern, text: string): boolean {
  let at = reached(parts, [0]);
  for (const character of text.slice(start.length)) {
    const next = [...at].filter((index) => parts[index]?.matches(character));
    if (next.length === 0) return false;
    at = reached(
      parts,
      next.map((index) => (parts[index]?.repeats ? index : index + 1)),
    );
  }
  return at.has(parts.length);
}

/** Parts that repeat may be left out. */
function reached(parts: readonly Part[], places: readonly number[]): Set<number> {
  const all = new Set<number>();
  for (let place of places) {
    all.add(place);
    while (parts[place]?.repeats) all.add(++place);
  }
  return all;
}
