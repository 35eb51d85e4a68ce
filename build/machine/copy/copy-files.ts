import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { readTar, type TarEntry, tarBytes } from '../../../lib/archive/tar.ts';
import type { CopyInput, TunnelOutput } from '../../../lib/control/generated/control.ts';
import { messagesOf } from '../../../lib/control/tunnel.ts';
import { type Received, receiveTree } from '../../../lib/copy/receive.ts';
import { sendTree, sentName } from '../../../lib/copy/send.ts';
import type { Context } from '../../host/context.ts';
import type { MachineClient } from '../client/client.ts';
import type { CopyRequest } from './copy-request.ts';

type Call = ClientDuplexStream<CopyInput, TunnelOutput>;
type Upload = CopyRequest & { readonly direction: 'upload' };
type Download = CopyRequest & { readonly direction: 'download' };

export interface CopyOptions {
  /** If the source's path is a symbolic link, copy what it points to. */
  readonly follow: boolean;
  /** Called with the number of bytes of the archive transferred so far. */
  readonly note: (bytes: number) => void;
}

/** The result of a copy; for a stream, only its bytes are counted. */
export type Copied = Received;

/**
 * Copies in one direction, with backpressure, and returns when everything is written.
 * @throws the gRPC error, or a KitError with only the reason, which the caller completes
 */
export async function copyFiles(
  client: MachineClient,
  request: CopyRequest,
  options: CopyOptions,
  context: Context,
): Promise<Copied> {
  const call = client.copy();
  const cancel = (): void => call.cancel();
  context.signal.addEventListener('abort', cancel, { once: true });
  // Reading or writing below reports the error; without a listener it would end the process.
  call.on('error', () => {});
  try {
    return await (request.direction === 'upload'
      ? upload(call, request, options, context)
      : download(call, request, options, context));
  } catch (thrown) {
    call.cancel();
    throw thrown;
  } finally {
    context.signal.removeEventListener('abort', cancel);
  }
}

async function upload(
  call: Call,
  { from, to }: Upload,
  { follow, note }: CopyOptions,
  { stdin, cwd }: Context,
): Promise<Copied> {
  const counted = { files: 0, bytes: 0, skipped: 0 };
  const direction = from.kind === 'stream' ? 'unpack' : 'receive';
  // Read from the beginning: the guest may refuse at any time.
  const done = drained(call);
  const over = new AbortController();
  void done.catch(() => {}).finally(() => over.abort());
  call.write({ start: { service: to.service, path: to.path, direction, follow: false } });
  const bytes =
    from.kind === 'stream'
      ? (stdin as AsyncIterable<Buffer>)
      : tarBytes(countEntries(sendTree(absolutePath(cwd, from.path), follow), counted));
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

async function download(
  call: Call,
  { from, to }: Download,
  { follow, note }: CopyOptions,
  { stdout, cwd }: Context,
): Promise<Copied> {
  call.write({ start: { service: from.service, path: from.path, direction: 'send', follow } });
  call.write({ end: true });
  const bytes = archiveBytes(call, note);
  if (to.kind === 'stream') return { files: 0, bytes: await writeAll(bytes, stdout), skipped: 0 };
  const options = { target: absolutePath(cwd, to.path), kind: 'tree', asked: sentName(from.path) } as const;
  // Reads to the end of the call, where the guest reports whether it sent everything.
  const received = await receiveTree(readTar(bytes, 'archive'), options);
  call.end();
  return received;
}

/** A trailing `/` or `/.` is kept: it decides whether a folder or its contents are copied. */
const absolutePath = (cwd: string, path: string): string =>
  path === '.' || path.endsWith('/.') ? `${resolve(cwd, path)}/.` : keepSlash(resolve(cwd, path), path);

const keepSlash = (full: string, path: string): string =>
  path.endsWith('/') && full !== '/' ? `${full}/` : full;

/** Resolves when the guest has ended the call. @throws the gRPC error */
async function drained(call: Call): Promise<void> {
  for await (const _message of call as AsyncIterable<TunnelOutput>);
}

/**
 * The bytes that the guest sends. If they are not read to the end, the call must be cancelled. @throws the
 * gRPC error
 */
async function* archiveBytes(call: Call, note: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const { data } of messagesOf<TunnelOutput>(call)) {
    if (!data) continue;
    bytes += data.length;
    note(bytes);
    yield data;
  }
}

async function writeAll(bytes: AsyncIterable<Uint8Array>, stdout: Writable): Promise<number> {
  let written = 0;
  for await (const chunk of bytes) {
    written += chunk.length;
    if (!stdout.write(chunk)) await once(stdout, 'drain');
  }
  return written;
}

async function* countEntries(
  entries: AsyncIterable<TarEntry>,
  counted: { files: number; bytes: number },
): AsyncGenerator<TarEntry> {
  for await (const entry of entries) {
    if (entry.type !== 'directory') counted.files += 1;
    counted.bytes += entry.size;
    yield entry;
  }
}
