import { either, list, map, text, textLike, whole } from '../kinds.ts';
import { capabilities, rlimits } from '../names.ts';

/** The kinds of text that several rows of the table share. */

/** In any case, without the flag `i`, which the patterns of a JSON Schema do not have. */
const anyCase = (word: string): string =>
  [...word].map((c) => (/[a-z]/i.test(c) ? `[${c.toLowerCase()}${c.toUpperCase()}]` : c)).join('');

const alternatives = (words: readonly string[]): string => words.join('|');

export const capability = textLike(
  new RegExp(`^(?:${alternatives([...capabilities, anyCase('all'), anyCase('none')])})$`),
  'a capability such as "CAP_NET_ADMIN", "all" or "none"',
  [...capabilities, 'all', 'none'],
);

const limit = `(?:\\d{1,19}|${anyCase('unlimited')})`;

export const rlimit = textLike(
  new RegExp(`^(?:${anyCase('RLIMIT_')})?(?:${alternatives(rlimits.map(anyCase))}),${limit},${limit}$`),
  '"name,soft,hard" such as "nofile,1024,unlimited"',
);

export const bind = textLike(
  /^[^:]+:[^:]+(?::[^:]+)?$/,
  '"source:destination" or "source:destination:options"',
);

export const tmpfs = textLike(/^\/[^:]*(?::[^:]+)?$/, '"/destination" or "/destination:options"');

/** A namespace: one of the words, or the path of one that is there; the empty text is as good as none. */
export function namespace<const W extends readonly string[]>(...words: W) {
  const quoted = words.map((word) => `"${word}"`).join(', ');
  return textLike(
    new RegExp(`^(?:${alternatives(words)}|/.*)?$`),
    `one of ${quoted} or a path from /`,
    words,
  );
}

export const duration = textLike(/^\d{1,9}(?:ms|s|m|h)$/, 'a time such as "10s", "500ms" or "2m"');

export const signal = textLike(/^SIG[A-Z0-9+-]{2,12}$/, 'a signal such as "SIGTERM"', [
  'SIGTERM',
  'SIGINT',
  'SIGQUIT',
  'SIGHUP',
]);

/**
 * A user or group: resolved in build/spec, where all names are known. 2³²-1 is -1 to setresuid(2), which then changes
 * nothing: such a service would run as root.
 */
export const id = either(whole(0, 4294967294), text);

/** References, `pkg/x` and `./folder`; resolved in build/packages. */
export const image = textLike(
  /^[^\s\p{Cc}]{1,512}$/u,
  'the name of an image such as "pkg/sshd" or "./folder"',
);

/** An octal number as text, as chmod(1) takes it. */
export const octal = textLike(/^[0-7]{1,5}$/, 'an octal number in quotes such as "0644"');

export const absolutePath = textLike(/^\//, 'an absolute path');

/** Free text by free name. */
export const texts = map(text);

export const paths = list(text);
