import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';

export interface Standing<Said> {
  /** What it printed first, which is JSON. */
  readonly said: Said;
  /** What it wrote to standard error so far. */
  readonly stderr: () => string;
  /** Its exit status, when it ends by itself. */
  readonly ended: Promise<number | null>;
  /** Interrupts it, as Ctrl-C does, and resolves to its exit status. */
  readonly end: () => Promise<number | null>;
}

/** A kit command that goes on until it is interrupted, once it has told where. */
export async function standing<Said>(...args: readonly string[]): Promise<Standing<Said>> {
  const child = spawn(join(kitRoot, 'kit'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (bytes) => {
    stderr += bytes;
  });
  const gone = once(child, 'exit');
  const [said] = await Promise.race([once(child.stdout, 'data'), gone]);
  if (!Buffer.isBuffer(said)) throw new Error(`kit ${args.join(' ')} ended with ${said}: ${stderr}`);
  const ended = gone.then(([status]) => status);
  return {
    said: JSON.parse(said.toString()),
    stderr: () => stderr,
    ended,
    end() {
      child.kill('SIGINT');
      return ended;
    },
  };
}
