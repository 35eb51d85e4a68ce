import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { kitRoot } from '../../build/paths.ts';

export interface Standing<Said> {
  /** What it printed first, which is JSON. */
  readonly said: Said;
  /** What it wrote to standard error so far. */
  readonly stderr: () => string;
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
  return {
    said: JSON.parse(said.toString()),
    stderr: () => stderr,
    async end() {
      child.kill('SIGINT');
      const [status] = await gone;
      return status;
    },
  };
}
