import { maskCommandLine } from '../cmdline/mask-command-line.ts';

const masked = '[masked]';

const called = '(?:passw(?:or)?d|passphrase|secret|token|(?:api|access|private|auth)[_-]?key|credential)';
/** Quotes are kept, so that JSON stays valid; they may be escaped, as in JSON within a string of JSON. */
const value = [
  String.raw`(")(?:[^"\\]|\\.){1,4096}(?=")`,
  String.raw`(\\")(?:[^"\\]|\\\\(?:\\["\\]|[^"\\])){1,4096}(?=\\")`,
  "(')[^']{1,4096}(?=')",
  String.raw`[^\s"',;}\\]{1,4096}`,
].join('|');
const shown = `$1$2$3$4${masked}`;

/** Linear in the length of a line: every repetition is bounded, or cannot match what follows it. */
const rules: readonly (readonly [pattern: RegExp, by: string])[] = [
  // By name: password=…, "apiToken": "…". After a blank, where prose has words, only for options: --secret …
  [new RegExp(String.raw`(${called}[\w.-]{0,40}\\?["']?\s{0,3}[=:]\s{0,3})(?:${value})`, 'gi'), shown],
  [new RegExp(String.raw`(--?[\w-]{0,40}${called}[\w-]{0,40}\s)(?:${value})`, 'gi'), shown],
  [/\b((?:proxy-)?authorization["']?\s{0,3}[:=]\s{0,3}["']?)[^\r\n"']{1,4096}/gi, `$1${masked}`],
  [/\b((?:bearer|basic)\s{1,3})[\w.+/=~-]{8,}/gi, `$1${masked}`],
  [/\b((?:set-)?cookie["']?\s{0,3}:\s{0,3})[^\r\n"]{1,4096}/gi, `$1${masked}`],
  // scheme://user:password@host
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"']{1,512}@/gi, `$1${masked}@`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}/g, masked],
  [
    /\b(?:gh[opsur]_|github_pat_|glpat-|xox[abeoprs]-|npm_|sk-|pk_live_|sk_live_|rk_live_|AIza)[\w-]{12,}/g,
    masked,
  ],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, masked],
  // crypt(5)
  [/\$(?:1|2[abxy]|5|6|7|y|gy|argon2\w{0,2})\$[\w./$=,+-]{8,}/g, masked],
  // A line of base64 of a key or certificate, as logs have it. Digests are not masked: they are hexadecimal.
  [/(?<![\w+/=])(?=[\w+/]{0,200}[g-zG-Z])(?=[\w+/]{0,200}\d)[A-Za-z0-9+/]{56,}={0,2}(?![\w+/])/g, masked],
];

const keyBlock =
  /-----BEGIN [A-Z0-9 ]{0,40}(?:PRIVATE KEY|PGP MESSAGE)-----[\s\S]{0,20000}?-----END [A-Z0-9 ]{0,40}-----/g;
const commandLine = /(\bcommand line: |\bkernel command line parameters )"?([^\r\n]+)/gi;

/**
 * Masks text that looks like a secret: keys, tokens, passwords. A second line of defence: the parts of a
 * report are chosen so that they should contain none.
 */
export function maskSecrets(text: string): string {
  const whole = text.replace(keyBlock, masked);
  return whole
    .split('\n')
    .map((line) =>
      rules.reduce(
        (rest, [pattern, by]) => rest.replace(pattern, by),
        line.replace(commandLine, (_, before: string, words: string) => before + maskCommandLine(words)),
      ),
    )
    .join('\n');
}
