import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { ExecInput, ExecOutput, ExecStart } from '../../../lib/control/generated/control.ts';
import type { Context } from '../../host/context.ts';
import { enterRawMode, terminalSize } from '../../host/terminal.ts';

type Call = ClientDuplexStream<ExecInput, ExecOutput>;

/**
 * Runs a program in a machine with the user's streams; resolves to its exit status. With a terminal every key
 * is sent to the program, and changes of the window's size too. @throws the gRPC error
 */
export async function runExec(call: Call, start: ExecStart, context: Context): Promise<number> {
  const { stdin, signal } = context;
  call.write({ start });
  const detach = start.terminal ? attachTerminal(call, context) : () => {};
  const cancel = (): void => call.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const send = (bytes: Uint8Array): void => {
    if (call.write({ stdin: bytes })) return;
    stdin.pause();
    call.once('drain', () => stdin.resume());
  };
  const end = (): void => void call.write({ stdinEnd: true });
  stdin.on('data', send).once('end', end);
  try {
    return await printOutput(call, context);
  } finally {
    stdin.off('data', send).off('end', end).pause();
    signal.removeEventListener('abort', cancel);
    detach();
    call.end();
  }
}

/** Resolves to the program's exit status. */
async function printOutput(call: Call, { stdout, stderr }: Context): Promise<number> {
  for await (const message of call as AsyncIterable<ExecOutput>) {
    if (message.end) return message.end.status;
    const [to, bytes] = message.stdout ? [stdout, message.stdout] : [stderr, message.stderr];
    if (bytes && !to.write(bytes)) await new Promise((resolve) => to.once('drain', resolve));
  }
  throw new Error('the connection ended before the program did');
}

function attachTerminal(call: Call, context: Context): () => void {
  const resize = (): void => void call.write({ resize: terminalSize(context) });
  const restore = enterRawMode(context.stdin);
  context.stdout.on('resize', resize);
  return () => {
    restore();
    context.stdout.off('resize', resize);
  };
}
