import type { StepContext } from '../steps.ts';
import { logOutput } from '../system/output.ts';
import { type Daemon, startDaemon } from './daemon.ts';

const containerd = '/usr/bin/containerd';

/** Starts containerd, whose output goes to its log; undefined if the image has none. */
export function startContainerd({ console, system }: StepContext): Daemon | undefined {
  if (!system.files.has(containerd)) return undefined;
  const log = system.openLog('containerd');
  const start = () => {
    const program = system.startProgram([containerd], ['ignore', 'pipe', 'pipe']);
    void logOutput(program, program.ended, log);
    return program;
  };
  return startDaemon('containerd', start, console);
}
