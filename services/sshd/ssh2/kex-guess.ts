import type { Connection } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import { FieldReader } from '../encoding.ts';

/** A KEXINIT's type and cookie, before its lists of names (RFC 4253 section 7.1). */
const headBytes = 1 + 16;

/**
 * Takes the first packet of a key exchange that a client sends as a guess, before it knows the server's
 * KEXINIT (RFC 4253 section 7), as Dropbear's does: a right guess counts, a wrong one is skipped.
 *
 * ssh2 1.17 skips every guess: it compares the agreed algorithm with the first letter of its own name
 * (`remote.kex[0]` in kex.js, where `remote.kex` is by then no list any more), so that after a right guess
 * both sides wait for each other. It does not compare the host key algorithms. Here its flag to skip a
 * packet, which it sets whenever a guess follows, is answered from the two KEXINITs.
 */
export function takeGuesses(client: Connection): void {
  const { _protocol: protocol } = client as Connection & { readonly _protocol: Protocol };
  let guessFollows = false;
  Object.defineProperty(protocol, '_skipNextInboundPacket', {
    get() {
      guessFollows &&= !guessIsRight(protocol._kex);
      return guessFollows;
    },
    set(follows: boolean) {
      guessFollows = follows;
    },
  });
}

/** Both sides prefer the same key exchange and the same host key, whatever they agree on otherwise. */
function guessIsRight({ _kexinit: own, _remoteKexinit: others }: Protocol['_kex']): boolean {
  const [ours, theirs] = [preferred(own), preferred(others)];
  return ours.every((name, index) => name === theirs[index]);
}

/** The first names of the lists of key exchanges and of host key algorithms. */
function preferred(kexinit: Buffer): (string | undefined)[] {
  const fields = new FieldReader(kexinit.subarray(headBytes));
  return [fields.text(), fields.text()].map((names) => names.split(',')[0]);
}
