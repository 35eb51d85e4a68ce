import type { ChildProcess, StdioOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { nodeProgram } from '../../host/paths.ts';
import type { ToolCommand } from '../../tools/command.ts';

/** How a process ended: exactly one of `code` and `signal` is not null. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it did not start at all, as a sentence. */
  readonly neverRan?: string;
}

interface BoundOptions {
  readonly cwd: string;
  /** Where its output goes. */
  readonly log: string;
  /** `w`: what was there before is lost. */
  readonly flags?: 'a' | 'w';
  /** From 3 on. */
  readonly descriptors?: readonly ('pipe' | number)[];
}

/** Starts a program that the kernel kills when this process ends. */
export function startBound({ file, args, env }: ToolCommand, options: BoundOptions): ChildProcess {
  const { cwd, flags = 'a', descriptors = [] } = options;
  const log = openSync(options.log, flags, 0o600);
  const kept = descriptors.map((_, at) => at + 3).join();
  const node = [...nodeProgram('build/qemu/bound/exec-bound.ts'), String(process.pid), kept];
  const stdio: StdioOptions = ['ignore', log, log, ...descriptors];
  try {
    return spawnProgram(process.execPath, [...node, file, ...args], { cwd, env, stdio });
  } finally {
    closeSync(log);
  }
}

export function exitOf(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.on('error', (thrown) => {
      if (child.pid === undefined) resolve({ code: 127, signal: null, neverRan: reasonOf(thrown) });
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}
