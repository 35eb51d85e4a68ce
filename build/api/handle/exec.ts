import { Readable, Writable } from 'node:stream';
import type { MachineClient } from '../../machine/client/client.ts';
import { runExec } from '../../machine/exec/exec.ts';
import type { ExecOptions, ExecResult } from './types/actions.ts';
import { signalOf } from './wait-options.ts';

/** Bytes of each stream; a program that prints more is stopped. */
const maxOutput = 64 << 20;

/** Runs a program in a machine to its end. @throws the gRPC error, or the reason of an aborted signal */
export async function execIn(
  client: MachineClient,
  command: readonly string[],
  options: ExecOptions,
): Promise<ExecResult> {
  const { service = '', stdin, timeoutMs } = options;
  const limits = [signalOf(options)];
  if (timeoutMs !== undefined) limits.push(AbortSignal.timeout(timeoutMs));
  const tooMuch = new AbortController();
  const signal = AbortSignal.any([...limits, tooMuch.signal]);
  const [stdout, stderr] = [collector(tooMuch), collector(tooMuch)];
  const start = { service, command: [...command], terminal: undefined, term: '', image: undefined };
  const input = Readable.from(stdin === undefined ? [] : [Buffer.from(stdin)]);
  const context = { stdin: input, stdout: stdout.stream, stderr: stderr.stream, env: {}, cwd: '/', signal };
  try {
    const status = await runExec(client.exec(), start, context);
    return { status, stdout: stdout.text(), stderr: stderr.text() };
  } catch (thrown) {
    options.signal?.throwIfAborted();
    if (!signal.aborted) throw thrown;
    const why = tooMuch.signal.aborted
      ? `it printed more than ${maxOutput} bytes`
      : `it ran for ${timeoutMs} ms`;
    const printed = `${stdout.text()}${stderr.text()}`.trimEnd().split('\n').slice(-20).join('\n');
    throw new Error(`${why}; its output ends with:\n${printed}`);
  }
}

function collector(tooMuch: AbortController): { readonly stream: Writable; text(): string } {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const stream = new Writable({
    write(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      if (bytes > maxOutput) tooMuch.abort();
      else pieces.push(piece);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(pieces).toString('utf8') };
}
