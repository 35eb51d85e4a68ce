import type { Readable } from 'node:stream';
import type { Context } from '../host/context.ts';

/** Ctrl-]: what telnet and virsh use to get away from a console. */
const escapeKey = 0x1d;

export type Choice = 'detach' | 'stop' | 'quit';

const question =
  '\r\nkit: d leaves the machine running, s powers it off, q ends it at once, Ctrl-] is sent, any other key goes back ';

const choices: Readonly<Record<string, Choice>> = { d: 'detach', s: 'stop', q: 'quit' };

/** A terminal that can be switched to raw mode: standard input, when a person sits there. */
interface Terminal extends Readable {
  readonly isTTY?: boolean;
  setRawMode?: (raw: boolean) => unknown;
}

export const isTerminal = ({ stdin, stdout }: Context): boolean =>
  (stdin as Terminal).isTTY === true && stdout.isTTY === true;

/**
 * Hands every key to the guest's console, until Ctrl-], which asks what to do. Returns what gives the
 * terminal back as it was.
 */
export function attachTerminal(
  context: Context,
  input: (bytes: Uint8Array) => void,
  choose: (choice: Choice) => void,
): () => void {
  const stdin = context.stdin as Terminal;
  const keys = keyReader(input, choose, () => context.stdout.write(question));
  stdin.setRawMode?.(true);
  stdin.on('data', keys).resume();
  return () => {
    stdin.off('data', keys).pause();
    stdin.setRawMode?.(false);
  };
}

/** Sorts what is typed into what the guest gets and what kit is told; exported for its test. */
export function keyReader(
  input: (bytes: Uint8Array) => void,
  choose: (choice: Choice) => void,
  ask: () => void,
): (bytes: Buffer) => void {
  let asked = false;
  return (bytes) => {
    let rest = bytes;
    while (rest.length > 0) {
      if (asked) {
        asked = false;
        const choice = choices[String.fromCharCode(rest[0] ?? 0)];
        if (choice) choose(choice);
        else if (rest[0] === escapeKey) input(rest.subarray(0, 1));
        rest = rest.subarray(1);
        continue;
      }
      const at = rest.indexOf(escapeKey);
      const typed = at === -1 ? rest : rest.subarray(0, at);
      if (typed.length > 0) input(typed);
      asked = at !== -1;
      if (asked) ask();
      rest = at === -1 ? Buffer.alloc(0) : rest.subarray(at + 1);
    }
  };
}
