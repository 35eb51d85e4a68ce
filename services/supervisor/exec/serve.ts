import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type handleBidiStreamingCall, type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { ExecInput, ExecOutput, ExecStart } from '../../../lib/control/generated/control.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { isRefusal, refusal } from '../access/refusal.ts';
import type { Execution } from './execution.ts';

type Call = ServerDuplexStream<ExecInput, ExecOutput>;

/** How long a program that has ended may leave its output open before it is cut off: one in the background has it. */
const quietMs = 200;

/** Starts what `start` asks for. @throws a refusal, or the reason why it does not start */
export type StartExecution = (start: ExecStart) => Promise<Execution>;

/** The Exec call of control.proto: the first message starts a program, the last answer is its exit status. */
export function execCall(start: StartExecution): handleBidiStreamingCall<ExecInput, ExecOutput> {
  return (call) => {
    serve(call, start).catch((thrown: unknown) => {
      if (!call.cancelled)
        call.emit('error', isRefusal(thrown) ? thrown : refusal(status.INTERNAL, reasonOf(thrown)));
    });
  };
}

async function serve(call: Call, start: StartExecution): Promise<void> {
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort());
  const inputs: AsyncIterator<ExecInput> = call[Symbol.asyncIterator]();
  const first = await inputs.next();
  const asked = first.done ? undefined : first.value.start;
  if (!asked || asked.command.length === 0) {
    throw refusal(status.INVALID_ARGUMENT, 'Cannot run a program: the first message names none');
  }
  const execution = await start(asked);
  if (gone.signal.aborted) return execution.abandon();
  gone.signal.addEventListener('abort', () => execution.abandon(), { once: true });
  void feed(inputs, execution).catch(() => {});
  const outputs = Promise.all([
    pump(execution.stdout, (stdout) => ({ stdout }), call),
    execution.stderr && pump(execution.stderr, (stderr) => ({ stderr }), call),
  ]);
  const ended = await execution.ended;
  await Promise.race([outputs, untilQuiet(execution)]);
  const note = await execution.note?.(ended);
  if (gone.signal.aborted) return;
  if (note) call.write({ stderr: Buffer.from(`kit: ${note}${asked.terminal ? '\r' : ''}\n`) });
  call.write({ end: { status: ended } });
  call.end();
}

/** Hands the client's messages on, as fast as the program takes them. */
async function feed(inputs: AsyncIterator<ExecInput>, execution: Execution): Promise<void> {
  for (let next = await inputs.next(); !next.done; next = await inputs.next()) {
    const { stdin, stdinEnd, resize, signal } = next.value;
    if (stdin) await give(stdin, execution);
    if (stdinEnd) execution.endInput();
    if (resize) execution.resize(resize);
    if (signal) execution.signal(signal);
  }
  execution.endInput();
}

async function give(bytes: Uint8Array, { stdin }: Execution): Promise<void> {
  // A program that reads no further: what still comes is thrown away.
  if (stdin.destroyed || stdin.writableEnded) return;
  if (!stdin.write(bytes)) await Promise.race([once(stdin, 'drain'), once(stdin, 'close')]);
}

/** Reads no faster than the client takes it. */
async function pump(from: Readable, message: (bytes: Buffer) => ExecOutput, call: Call): Promise<void> {
  try {
    for await (const bytes of from as AsyncIterable<Buffer>) {
      if (call.cancelled) return;
      if (!call.write(message(bytes))) await Promise.race([once(call, 'drain'), once(call, 'cancelled')]);
    }
  } catch {
    // EIO: the last program on the terminal has gone, which is its end.
  }
}

/** Resolves once the program's output has brought nothing for a while. */
async function untilQuiet({ stdout, stderr }: Execution): Promise<void> {
  let heard = true;
  const listen = (): void => {
    heard = true;
  };
  stdout.on('data', listen);
  stderr?.on('data', listen);
  while (heard) {
    heard = false;
    await pause(quietMs);
  }
}
