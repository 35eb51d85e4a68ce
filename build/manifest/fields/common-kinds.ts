import { either, integer, list, map, string, stringLike } from '../kinds.ts';
import { capabilities, rlimits } from '../names.ts';

/** Kinds that several rows of the field table share. */

/** A case-insensitive pattern without the flag `i`, which patterns of JSON Schema cannot have. */
const anyCase = (word: string): string =>
  [...word].map((c) => (/[a-z]/i.test(c) ? `[${c.toLowerCase()}${c.toUpperCase()}]` : c)).join('');

const alternatives = (words: readonly string[]): string => words.join('|');

export const capabilityKind = stringLike(
  new RegExp(`^(?:${alternatives([...capabilities, anyCase('all'), anyCase('none')])})$`),
  'a capability such as "CAP_NET_ADMIN", "all" or "none"',
  [...capabilities, 'all', 'none'],
);

/** From 0 to 2^64-1. */
const limit = `(?:\\d{1,19}|1[0-7]\\d{18}|18446744073709551615|${anyCase('unlimited')})`;

export const rlimitKind = stringLike(
  new RegExp(`^(?:${anyCase('RLIMIT_')})?(?:${alternatives(rlimits.map(anyCase))}),${limit},${limit}$`),
  '"name,soft,hard" such as "nofile,1024,unlimited"',
);

/** `default`, `unconfined`, or the name of a file beside the manifest. */
export const seccompKind = stringLike(
  /^(?:default|unconfined|[^\s\p{Cc}]{1,500}\.json)$/u,
  '"default", "unconfined" or the name of a JSON file',
  ['default', 'unconfined'],
);

/** Whether the numbers are ports is for build/spec/firewall.ts to say. */
export const portKind = stringLike(
  /^\d{1,5}(?:-\d{1,5})?\/(?:tcp|udp)$/,
  'a port or a range such as "80/tcp" or "8000-8010/udp"',
);

export const bindKind = stringLike(
  /^[^:]+:[^:]+(?::[^:]+)?$/,
  '"source:destination" or "source:destination:options"',
);

export const tmpfsKind = stringLike(/^\/[^:]*(?::[^:]+)?$/, '"/destination" or "/destination:options"');

/** A namespace: one of the words, or the path of an existing one; the empty string counts as unset. */
export function namespaceKind<const W extends readonly string[]>(...words: W) {
  const quoted = words.map((word) => `"${word}"`).join(', ');
  return stringLike(
    new RegExp(`^(?:${alternatives(words)}|/.*)?$`),
    `one of ${quoted} or an absolute path`,
    words,
  );
}

export const durationKind = stringLike(/^\d{1,9}(?:ms|s|m|h)$/, 'a time such as "10s", "500ms" or "2m"');

/**
 * By name, with or without `SIG`, or by number; whether there is such a signal is for build/spec/runtime.ts
 * to say.
 */
export const signalKind = either(
  stringLike(/^(?:[Ss][Ii][Gg])?[A-Za-z0-9+-]{1,9}$/, 'a signal such as "SIGTERM"', [
    ...['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGRTMIN+3'],
  ]),
  integer(1, 64),
);

/**
 * A user or group id, or a name that build/spec/ids.ts resolves. Excludes 2³²-1, (uid_t)-1: setresuid(2)
 * would leave the user unchanged, and the service would run as root.
 */
export const idKind = either(integer(0, 4294967294), string);

/** An image reference, or a package: `pkg/x`, `./folder`. Parsed by build/reference. */
export const imageKind = stringLike(
  /^[^\s\p{Cc}](?:[^\p{Cc}]{0,4094}[^\s\p{Cc}])?$/u,
  'the name of an image such as "pkg/sshd" or "./folder"',
);

/** An octal number as a string, as for chmod(1). */
export const octalKind = stringLike(/^[0-7]{1,5}$/, 'an octal number in quotes such as "0644"');

export const absolutePathKind = stringLike(/^\//, 'an absolute path');

export const stringMapKind = map(string);

export const pathListKind = list(string);
