import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type handleBidiStreamingCall, type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { ExecInput, ExecOutput, ExecStart } from '../../../lib/control/generated/control.ts';
import { rpcError, toRpcError } from '../calls/rpc-error.ts';
import type { Execution } from './execution.ts';

type Call = ServerDuplexStream<ExecInput, ExecOutput>;

/**
 * Milliseconds without output after which the output of a program that has exited is closed: a background
 * process may hold it open.
 */
const quietMs = 200;

/** @throws RpcError, or another error if the program cannot start */
export type StartExecution = (start: ExecStart) => Promise<Execution>;

/** The Exec call of control.proto: the first message starts a program, the last answer is its exit status. */
export function execCall(start: StartExecution): handleBidiStreamingCall<ExecInput, ExecOutput> {
  return (call) => {
    serve(call, start).catch((thrown: unknown) => {
      if (!call.cancelled) call.emit('error', toRpcError(thrown));
    });
  };
}

async function serve(call: Call, start: StartExecution): Promise<void> {
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort());
  const inputs: AsyncIterator<ExecInput> = call[Symbol.asyncIterator]();
  const first = await inputs.next();
  const request = first.done ? undefined : first.value.start;
  if (!request || request.command.length === 0) {
    throw rpcError(status.INVALID_ARGUMENT, 'Cannot run a program: the first message names none');
  }
  const execution = await start(request);
  if (gone.signal.aborted) return execution.abandon();
  gone.signal.addEventListener('abort', () => execution.abandon(), { once: true });
  void forwardInput(inputs, execution).catch(() => {});
  const outputs = Promise.all([
    forwardOutput(execution.stdout, (stdout) => ({ stdout }), call),
    execution.stderr && forwardOutput(execution.stderr, (stderr) => ({ stderr }), call),
  ]);
  const exitStatus = await execution.exitStatus;
  await Promise.race([outputs, untilQuiet(execution)]);
  const note = await execution.note?.(exitStatus);
  if (gone.signal.aborted) return;
  if (note) call.write({ stderr: Buffer.from(`kit: ${note}${request.terminal ? '\r' : ''}\n`) });
  call.write({ end: { status: exitStatus } });
  call.end();
}

/** Reads the client's messages no faster than the program reads its input. */
async function forwardInput(inputs: AsyncIterator<ExecInput>, execution: Execution): Promise<void> {
  for (let next = await inputs.next(); !next.done; next = await inputs.next()) {
    const { stdin, stdinEnd, resize, signal } = next.value;
    if (stdin) await writeInput(stdin, execution);
    if (stdinEnd) execution.endInput();
    if (resize) execution.resize(resize);
    if (signal) execution.signal(signal);
  }
  execution.endInput();
}

async function writeInput(bytes: Uint8Array, { stdin }: Execution): Promise<void> {
  // The program has closed its input: the rest is discarded.
  if (stdin.destroyed || stdin.writableEnded) return;
  if (!stdin.write(bytes)) await Promise.race([once(stdin, 'drain'), once(stdin, 'close')]);
}

/** Reads the output no faster than the client takes it. */
async function forwardOutput(
  from: Readable,
  message: (bytes: Buffer) => ExecOutput,
  call: Call,
): Promise<void> {
  try {
    for await (const bytes of from as AsyncIterable<Buffer>) {
      if (call.cancelled) return;
      if (!call.write(message(bytes))) await Promise.race([once(call, 'drain'), once(call, 'cancelled')]);
    }
  } catch {
    // EIO: no process has the terminal open any more.
  }
}

/** Resolves once there was no output for `quietMs`. */
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
