import type { Socket } from 'node:net';
import type { LogLines } from '../../lib/control/generated/control.ts';
import { writeTo } from '../../lib/control/write-to.ts';
import { entryLine } from './entry.ts';
import { type Query, queryOf } from './query.ts';

/** Milliseconds that a client may take to say what it wants. */
const patienceMs = 10_000;

/** The messages of a call of the control protocol, from its first line or from now on. */
export type ReadLogs = (query: Query, signal: AbortSignal) => AsyncIterable<LogLines>;

/**
 * Serves one client: reads its query, and writes lines no faster than it reads them. Lines that the machine
 * drops meanwhile it does not get. Ends with the client, or after a dump.
 * @throws the error of the log; then the client is closed as well
 */
export async function serveClient(client: Socket, read: ReadLogs, maxBytes: number): Promise<void> {
  const gone = new AbortController();
  client.on('error', () => {}).on('close', () => gone.abort());
  try {
    const query = queryOf(await firstByte(client));
    if (!query) return;
    for await (const { lines } of read(query, gone.signal)) {
      const text = lines.map((line) => entryLine(line, maxBytes)).join('');
      if (text !== '') await writeTo(client, text);
      if (client.destroyed) return;
    }
  } catch (thrown) {
    if (!gone.signal.aborted) throw thrown;
  } finally {
    // What is written still reaches it.
    client.end();
    client.destroySoon();
  }
}

/** Undefined if the client says nothing in time. What it says later is read, and ignored. */
function firstByte(client: Socket): Promise<number | undefined> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(undefined), patienceMs);
    const done = (byte?: number): void => {
      clearTimeout(late);
      resolve(byte);
    };
    client.on('data', (bytes: Buffer) => done(bytes[0]));
    for (const event of ['end', 'close']) client.once(event, () => done());
  });
}
