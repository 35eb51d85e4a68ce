import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { endedHow, spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { kitNode } from '../../host/kit-node.ts';
import { nodeProgram } from '../../host/paths.ts';
import { compiledFolder } from '../../host/users/compile-cache.ts';
import { lifelineFd } from '../../monitor/messages.ts';
import type { RunnerMessage, RunnerOrder } from './runner-messages.ts';

export interface RunnerOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Called once the machine's folder exists. */
  readonly onCreated?: () => void;
}

/** Closing it, or the end of this process, ends the machine. */
export interface Lifeline {
  destroy(): unknown;
}

/** Carries out an order in a process of its own. @throws Error with the sentence that kit would print */
export async function runRunner(order: RunnerOrder, options: RunnerOptions): Promise<Lifeline> {
  const { env, signal } = options;
  signal.throwIfAborted();
  const child = spawnProgram(kitNode(), nodeProgram('build/api/handle/runner-main.ts'), {
    // Of this process's options of Node, such as a loader, the runner needs none.
    env: { ...env, NODE_COMPILE_CACHE: compiledFolder(env), NODE_OPTIONS: undefined },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
  });
  const lifeline = child.stdio[lifelineFd] as Socket;
  // A test that forgets its machine must end all the same; the machine then ends with it.
  lifeline.on('error', () => {}).unref();
  const interrupt = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    child.send(order, () => {});
    await outcome(child, options);
    return lifeline;
  } catch (thrown) {
    lifeline.destroy();
    signal.throwIfAborted();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

/** Bytes that are kept of what a crashing runner prints. */
const maxErrors = 16 << 10;

function outcome(child: ChildProcess, { onProgress, onCreated }: RunnerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let errors = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      errors = `${errors}${bytes}`.slice(-maxErrors);
    });
    child.on('message', (message: RunnerMessage) => {
      if (message.kind === 'progress') onProgress?.(message.line);
      if (message.kind === 'created') onCreated?.();
      if (message.kind === 'started') resolve();
      if (message.kind === 'failed') reject(new Error(message.message));
    });
    child.on('error', reject);
    child.on('close', (code, by) =>
      reject(new Error(`kit, which starts the machine, ended ${endedHow(code, by)}\n${errors}`.trimEnd())),
    );
  });
}
