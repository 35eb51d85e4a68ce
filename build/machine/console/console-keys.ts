import type { Context } from '../../host/context.ts';
import { enterRawMode } from '../../host/terminal.ts';

/** Ctrl-]: the key with which telnet and virsh leave a console. */
const escapeKey = 0x1d;

export type ConsoleChoice = 'detach' | 'stop' | 'quit';

const question = [
  '\r\nkit: d leaves the machine running, s powers it off, q ends it at once,',
  'Ctrl-] is sent, any other key goes back ',
].join(' ');

const choices: Readonly<Record<string, ConsoleChoice>> = { d: 'detach', s: 'stop', q: 'quit' };

/**
 * Sends every key to the guest's console, except for Ctrl-], after which the next key is a choice. Returns a
 * function that restores the terminal.
 */
export function attachTerminal(
  { stdin, stdout }: Context,
  input: (bytes: Uint8Array) => void,
  choose: (choice: ConsoleChoice) => void,
): () => void {
  const onKeys = keyReader(input, choose, () => stdout.write(question));
  const restore = enterRawMode(stdin);
  stdin.on('data', onKeys).resume();
  return () => {
    stdin.off('data', onKeys).pause();
    restore();
  };
}

/** Separates keys for the guest from choices; exported for its test. */
export function keyReader(
  input: (bytes: Uint8Array) => void,
  choose: (choice: ConsoleChoice) => void,
  ask: () => void,
): (bytes: Buffer) => void {
  let isAsking = false;
  return (bytes) => {
    let rest = bytes;
    while (rest.length > 0) {
      if (isAsking) {
        isAsking = false;
        const choice = choices[String.fromCharCode(rest[0] ?? 0)];
        if (choice) choose(choice);
        else if (rest[0] === escapeKey) input(rest.subarray(0, 1));
        rest = rest.subarray(1);
        continue;
      }
      const at = rest.indexOf(escapeKey);
      const keys = at === -1 ? rest : rest.subarray(0, at);
      if (keys.length > 0) input(keys);
      isAsking = at !== -1;
      if (isAsking) ask();
      rest = at === -1 ? Buffer.alloc(0) : rest.subarray(at + 1);
    }
  };
}
