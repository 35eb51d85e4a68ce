import { createReadStream } from 'node:fs';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { UpdateDone, UpdateInput, UpdateOutput } from '../../lib/control/generated/control.ts';
import type { UpdateLayer } from '../../lib/updates/statement.ts';
import type { Work } from '../work.ts';

type Call = ClientDuplexStream<UpdateInput, UpdateOutput>;

/** A layer, and the file that has it. */
export type LayerToSend = UpdateLayer & { readonly file: string };

export interface UpdateToSend {
  readonly statement: Uint8Array;
  /** Empty: none. */
  readonly signature: Uint8Array;
  readonly layers: readonly LayerToSend[];
  /** In milliseconds, as `UpdateApply` of the control protocol. */
  readonly readyMs: number;
  readonly steadyMs: number;
}

/** Bytes of a message: well below gRPC's limit, and small enough to buffer several. */
const chunkBytes = 256 << 10;

/**
 * Carries out the Update call: sends the layers that the machine asks for, and waits until it has replaced
 * its services, or has its earlier ones again.
 * @throws the gRPC error
 */
export async function sendUpdate(
  call: Call,
  update: UpdateToSend,
  { progress, signal }: Pick<Work, 'progress' | 'signal'>,
): Promise<{ readonly done: UpdateDone; readonly bytes: number }> {
  const { statement, signature, layers, readyMs, steadyMs } = update;
  const cancel = (): void => call.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  // A write to a call that was refused fails; the answers have the reason.
  call.on('error', () => {});
  try {
    const answers = (call as AsyncIterable<UpdateOutput>)[Symbol.asyncIterator]();
    call.write({ start: { statement: Buffer.from(statement), signature: Buffer.from(signature) } });
    const missing = new Set((await nextOf(answers)).missing?.missing ?? []);
    const wanted = layers.filter(({ digest }) => missing.has(digest));
    const bytes = wanted.reduce((sum, layer) => sum + layer.bytes, 0);
    if (bytes > 0) {
      await progress.task(`Send ${megabytes(bytes)} to the machine`, (note) =>
        sendLayers(call, wanted, bytes, note),
      );
    }
    call.write({ apply: { readyMs, steadyMs } });
    // What follows is the machine's to bring to an end: an interrupted command no longer stops it.
    signal.removeEventListener('abort', cancel);
    const done = await progress.task('Replace services', async (note) => {
      for (;;) {
        const { progress: step, done: end } = await nextOf(answers);
        if (step) note(`${step.service} ${step.state}`);
        if (end) return end;
      }
    });
    return { done, bytes };
  } finally {
    signal.removeEventListener('abort', cancel);
    call.end();
  }
}

async function nextOf(answers: AsyncIterator<UpdateOutput>): Promise<UpdateOutput> {
  const next = await answers.next();
  if (next.done) throw new Error('the machine ended the call before the update was done');
  return next.value;
}

async function sendLayers(
  call: Call,
  layers: readonly LayerToSend[],
  all: number,
  note: (text: string) => void,
): Promise<void> {
  // A call that was refused never drains.
  const over = new Promise((resolve) => call.once('error', resolve).once('end', resolve));
  let [sent, isOver] = [0, false];
  void over.then(() => {
    isOver = true;
  });
  for (const { file, id, digest, bytes } of layers) {
    call.write({ layer: { id, digest, bytes: BigInt(bytes) } });
    for await (const data of createReadStream(file, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
      if (isOver) return;
      if (!call.write({ data }))
        await Promise.race([new Promise((resolve) => call.once('drain', resolve)), over]);
      sent += data.length;
      note(`${megabytes(sent)} of ${megabytes(all)}`);
    }
  }
}

export const megabytes = (bytes: number): string =>
  bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
