import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';

export interface RunningKit<Output> {
  /** Its first output, which is JSON. */
  readonly output: Output;
  /** Standard error so far. */
  readonly stderr: () => string;
  /** Resolves to its exit status. */
  readonly exited: Promise<number | null>;
  /** Interrupts it, as Ctrl-C does, and resolves to its exit status. */
  readonly end: () => Promise<number | null>;
}

/** Starts a kit command that runs until it is interrupted; resolves once it has printed its JSON. */
export async function startKit<Output>(...args: readonly string[]): Promise<RunningKit<Output>> {
  const child = spawn(join(kitRoot, 'kit'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (bytes) => {
    stderr += bytes;
  });
  const exit = once(child, 'exit');
  const [output] = await Promise.race([once(child.stdout, 'data'), exit]);
  if (!Buffer.isBuffer(output)) throw new Error(`kit ${args.join(' ')} exited with ${output}: ${stderr}`);
  const exited = exit.then(([status]) => status);
  return {
    output: JSON.parse(output.toString()),
    stderr: () => stderr,
    exited,
    end() {
      child.kill('SIGINT');
      return exited;
    },
  };
}
