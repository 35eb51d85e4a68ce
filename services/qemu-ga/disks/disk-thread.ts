import { parentPort, Worker, workerData } from 'node:worker_threads';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { freezeFileSystem, trimFileSystem } from '../../../lib/linux/mount/file-system-calls.ts';

/** A call that waits for a disk. */
export interface DiskCall {
  readonly call: 'freeze' | 'trim';
  /** Open on a folder of the file system. */
  readonly fd: number;
  readonly path: string;
}

/** Why the kernel refused it. */
export class DiskCallError extends Error {
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

type Outcome = { readonly bytes: number } | { readonly reason: string; readonly code: string | undefined };

/**
 * Makes the call in a thread of its own: it may take minutes, in which this one has to answer, and to thaw
 * what is frozen already. Resolves to what it returns. @throws DiskCallError
 */
export async function inThread(call: DiskCall): Promise<number> {
  const [, program = ''] = process.argv;
  const outcome = await new Promise<Outcome>((resolve, reject) => {
    const worker = new Worker(program, { workerData: call });
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', (status) => reject(new Error(`its thread ended with status ${status}`)));
  });
  if ('bytes' in outcome) return outcome.bytes;
  throw new DiskCallError(outcome.reason, outcome.code);
}

/** What the program does in such a thread. */
export function workInThread(): void {
  parentPort?.postMessage(outcomeOf(workerData as DiskCall));
}

function outcomeOf({ call, fd, path }: DiskCall): Outcome {
  try {
    if (call === 'trim') return { bytes: trimFileSystem(path) };
    freezeFileSystem(fd, path);
    return { bytes: 0 };
  } catch (thrown) {
    return { reason: reasonOf(thrown), code: codeOf(thrown) };
  }
}
