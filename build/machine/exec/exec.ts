import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { ExecInput, ExecOutput, ExecStart } from '../../../lib/control/generated/control.ts';
import type { Context } from '../../host/context.ts';

type Call = ClientDuplexStream<ExecInput, ExecOutput>;

/** The user's terminal, where standard input is one. */
interface Terminal {
  readonly isTTY?: boolean;
  setRawMode?: (raw: boolean) => unknown;
}

/** The size of the user's terminal; that of a VT100 where it is not known. */
export function terminalSize({ stdout }: Pick<Context, 'stdout'>): { rows: number; columns: number } {
  const { rows, columns } = stdout as { readonly rows?: number; readonly columns?: number };
  return { rows: rows ?? 24, columns: columns ?? 80 };
}

/**
 * Runs a program in a machine with the user's streams; resolves to its exit status. With a terminal every key goes to
 * the program, and the size of the window follows the user's. @throws the gRPC error
 */
export async function runExec(call: Call, start: ExecStart, context: Context): Promise<number> {
  const { stdin, signal } = context;
  call.write({ start });
  const restore = start.terminal ? takeTerminal(call, context) : () => {};
  const cancel = (): void => call.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const give = (bytes: Uint8Array): void => {
    if (call.write({ stdin: bytes })) return;
    stdin.pause();
    call.once('drain', () => stdin.resume());
  };
  const end = (): void => void call.write({ stdinEnd: true });
  stdin.on('data', give).once('end', end);
  try {
    return await outputOf(call, context);
  } finally {
    stdin.off('data', give).off('end', end).pause();
    signal.removeEventListener('abort', cancel);
    restore();
    call.end();
  }
}

async function outputOf(call: Call, { stdout, stderr }: Context): Promise<number> {
  for await (const message of call as AsyncIterable<ExecOutput>) {
    if (message.end) return message.end.status;
    const [to, bytes] = message.stdout ? [stdout, message.stdout] : [stderr, message.stderr];
    if (bytes && !to.write(bytes)) await new Promise((resolve) => to.once('drain', resolve));
  }
  throw new Error('the connection ended before the program did');
}

function takeTerminal(call: Call, context: Context): () => void {
  const stdin = context.stdin as Context['stdin'] & Terminal;
  const resize = (): void => void call.write({ resize: terminalSize(context) });
  stdin.setRawMode?.(true);
  context.stdout.on('resize', resize);
  return () => {
    stdin.setRawMode?.(false);
    context.stdout.off('resize', resize);
  };
}
