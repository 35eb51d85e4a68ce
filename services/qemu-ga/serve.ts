import type { Duplex } from 'node:stream';
import { writeTo } from '../../lib/control/write-to.ts';
import { MessageSplitter, type Piece } from './protocol/splitter.ts';

/**
 * Serves one host on its connection: answers one message after another, and reads no further meanwhile. Ends
 * with the connection.
 */
export async function serveHost(
  connection: Duplex,
  answer: (piece: Piece) => Promise<Buffer | undefined>,
): Promise<void> {
  const splitter = new MessageSplitter();
  try {
    for await (const bytes of connection as AsyncIterable<Buffer>) {
      for (const piece of splitter.push(bytes)) {
        const line = await answer(piece);
        // A host that does not read its answers gets none until it does.
        if (line) await writeTo(connection, line);
      }
    }
  } catch {
    // The host has left in the middle of something.
  }
}
