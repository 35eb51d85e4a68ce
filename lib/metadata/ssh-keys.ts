/** Public keys as a file `authorized_keys`, and what is none. */
export interface SshKeys {
  /** One key in a line, without duplicates. */
  readonly text: string;
  readonly problems: readonly string[];
}

/** A type and base64, with options before them or not: `no-pty ssh-ed25519 AAAA… me@example`. */
const keyLine = /(^|[\s,"])(ssh|ecdsa|sk|webauthn)-[\w.@-]+\s+\S/;

/** Reads texts with one or several keys, each in a line of its own. */
export function readSshKeys(texts: readonly string[]): SshKeys {
  const lines = texts
    .flatMap((text) => text.split(/[\r\n\0]+/))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const keys = [...new Set(lines.filter((line) => keyLine.test(line)))];
  const others = lines.filter((line) => !keyLine.test(line));
  // Their text stays out of the message: what is no public key may be a private one.
  const problems =
    others.length === 0
      ? []
      : [
          `Cannot use ${others.length} of ${lines.length} lines of SSH keys: expected OpenSSH's form, such as ` +
            '"ssh-ed25519 AAAA… me@example"',
        ];
  return { text: keys.map((key) => `${key}\n`).join(''), problems };
}
