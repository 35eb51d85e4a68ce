import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { signalGroup } from '../../../lib/linux/process/process.ts';
import { spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { openPty, spawnOnTerminal, type TerminalProgram } from '../../../lib/linux/terminal/pty.ts';
import { defaultPath } from '../../../lib/process/default-path.ts';
import { type ExecRequest, type Execution, hangUpMs } from './execution.ts';

const environment = {
  PATH: defaultPath,
  HOME: '/root',
  USER: 'root',
  PS1: '\\h:\\w\\$ ',
};

/** Runs a program as root on the machine itself, outside any container. */
export function executeOnHost({ command, terminal, term }: ExecRequest): Execution {
  const [file = '', ...args] = command;
  const program: TerminalProgram = {
    file,
    args,
    env: { ...environment, ...(term && { TERM: term }) },
    cwd: '/',
  };
  if (!terminal) return onPipes(program);
  const { stream, path, resize } = openPty(terminal);
  const child = spawnOnTerminal(path, program);
  // EIO is the normal end: no process has the terminal open any more.
  stream.on('error', () => stream.destroy());
  return {
    ...common(child),
    stdin: stream,
    stdout: stream,
    stderr: undefined,
    endInput: () => stream.destroyed || stream.write('\x04'),
    resize,
    abandon() {
      stream.destroy();
      hangUp(child);
    },
  };
}

function onPipes({ file, args, env, cwd }: TerminalProgram): Execution {
  const child = spawnProgram(file, [...args], { detached: true, stdio: 'pipe', env, cwd });
  const { stdin, stdout, stderr } = child;
  // EPIPE: the program has closed its input.
  stdin.on('error', () => stdin.destroy());
  return {
    ...common(child),
    ...{ stdin, stdout, stderr },
    endInput: () => stdin.end(),
    resize: () => {},
    abandon() {
      for (const stream of [stdin, stdout, stderr]) stream.destroy();
      hangUp(child);
    },
  };
}

function common(child: ChildProcess): Pick<Execution, 'exitStatus' | 'signal'> {
  return { exitStatus: exitStatusOf(child), signal: (name) => signalGroup(child, name as NodeJS.Signals) };
}

/** @throws the error if it cannot start */
async function exitStatusOf(child: ChildProcess): Promise<number> {
  const [code, signal] = await once(child, 'exit');
  return code ?? 128 + constants.signals[signal as NodeJS.Signals];
}

function hangUp(child: ChildProcess): void {
  signalGroup(child, 'SIGHUP');
  setTimeout(() => signalGroup(child, 'SIGKILL'), hangUpMs).unref();
}
