import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { readTar, type TarEntry, tarBytes } from '../../../lib/archive/tar.ts';
import type { CopyInput, TunnelOutput } from '../../../lib/control/generated/control.ts';
import { messagesOf } from '../../../lib/control/tunnel.ts';
import { type Received, receiveTree } from '../../../lib/copy/receive.ts';
import { sendTree } from '../../../lib/copy/send.ts';
import type { Context } from '../../host/context.ts';
import type { MachineClient } from '../client/client.ts';
import type { Way } from './side.ts';

type Call = ClientDuplexStream<CopyInput, TunnelOutput>;

export interface CopyOptions {
  /** A link at the end of the source's path stands for what it leads to. */
  readonly follow: boolean;
  /** How many bytes of the archive went through so far. */
  readonly note: (bytes: number) => void;
}

/** What was copied; of a stream, its bytes alone are known. */
export type Copied = Received;

/**
 * Copies one way, no faster than either side takes it, and returns when all of it is written. @throws KitError with half a
 * sentence, or the gRPC error
 */
export async function copy(
  client: MachineClient,
  way: Way,
  options: CopyOptions,
  context: Context,
): Promise<Copied> {
  const call = client.copy();
  const cancel = (): void => call.cancel();
  context.signal.addEventListener('abort', cancel, { once: true });
  // Told by reading, or writing, below.
  call.on('error', () => {});
  try {
    return await (way.direction === 'up'
      ? up(call, way, options, context)
      : down(call, way, options, context));
  } catch (thrown) {
    call.cancel();
    throw thrown;
  } finally {
    context.signal.removeEventListener('abort', cancel);
  }
}

async function up(
  call: Call,
  { from, to }: Way & { readonly direction: 'up' },
  { follow, note }: CopyOptions,
  { stdin, cwd }: Context,
): Promise<Copied> {
  const counted = { files: 0, bytes: 0, skipped: 0 };
  const direction = from.kind === 'stream' ? 'unpack' : 'receive';
  // Read from the beginning on: the guest may say no at any time.
  const done = endOf(call);
  const over = new AbortController();
  void done.catch(() => {}).finally(() => over.abort());
  call.write({ start: { service: to.service, path: to.path, direction, follow: false } });
  const bytes =
    from.kind === 'stream'
      ? (stdin as AsyncIterable<Buffer>)
      : tarBytes(count(sendTree(absolute(cwd, from.path), follow), counted));
  let sent = 0;
  for await (const data of bytes) {
    if (over.signal.aborted) break;
    sent += data.length;
    note(sent);
    if (!call.write({ data })) await once(call, 'drain', { signal: over.signal }).catch(() => {});
  }
  call.write({ end: true });
  call.end();
  await done;
  return from.kind === 'stream' ? { ...counted, bytes: sent } : counted;
}

async function down(
  call: Call,
  { from, to }: Way & { readonly direction: 'down' },
  { follow, note }: CopyOptions,
  { stdout, cwd }: Context,
): Promise<Copied> {
  call.write({ start: { service: from.service, path: from.path, direction: 'send', follow } });
  call.write({ end: true });
  const bytes = bytesOf(call, note);
  if (to.kind === 'stream') return { files: 0, bytes: await writeOut(bytes, stdout), skipped: 0 };
  // Nobody in a machine makes a program here that runs as somebody else.
  const options = { target: absolute(cwd, to.path), kind: 'tree', modeMask: 0o777 } as const;
  // Reads on to where the guest says that it was all.
  const received = await receiveTree(readTar(bytes, 'archive'), options);
  call.end();
  return received;
}

/** The path's end tells what is meant: `/.` must stay. */
const absolute = (cwd: string, path: string): string =>
  path === '.' || path.endsWith('/.') ? `${resolve(cwd, path)}/.` : keepSlash(resolve(cwd, path), path);

const keepSlash = (full: string, path: string): string =>
  path.endsWith('/') && full !== '/' ? `${full}/` : full;

/** Reads what the guest says to the end. @throws the gRPC error */
async function endOf(call: Call): Promise<void> {
  for await (const _message of call as AsyncIterable<TunnelOutput>);
}

/** Who stops reading has to end the call. @throws the gRPC error */
async function* bytesOf(call: Call, note: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const { data } of messagesOf<TunnelOutput>(call)) {
    if (!data) continue;
    bytes += data.length;
    note(bytes);
    yield data;
  }
}

async function writeOut(bytes: AsyncIterable<Uint8Array>, stdout: Writable): Promise<number> {
  let written = 0;
  for await (const piece of bytes) {
    written += piece.length;
    if (!stdout.write(piece)) await once(stdout, 'drain');
  }
  return written;
}

async function* count(
  entries: AsyncIterable<TarEntry>,
  counted: { files: number; bytes: number },
): AsyncGenerator<TarEntry> {
  for await (const entry of entries) {
    if (entry.type !== 'directory') counted.files += 1;
    counted.bytes += entry.size;
    yield entry;
  }
}
