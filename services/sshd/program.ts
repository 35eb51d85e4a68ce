import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { reasonOf } from '../../lib/errors/errors.ts';
import { signalGroup } from '../../lib/linux/process/process.ts';
import { spawnProgram } from '../../lib/linux/process/spawn.ts';
import {
  openPty,
  spawnOnTerminal,
  type TerminalProgram,
  type WindowSize,
} from '../../lib/linux/terminal/pty.ts';
import type { TerminalModes } from '../../lib/linux/terminal/termios.ts';
import type { ChannelOutput } from './output.ts';

/** A running program of a session; it gets SIGHUP when the session ends. */
export interface RunningProgram {
  /** Signals the program's process group. */
  signal(name: NodeJS.Signals): void;
  /** No effect without a terminal. */
  resize(size: WindowSize): void;
  /** Resolves when the program has exited and its output is sent, or the client has disconnected. */
  readonly ended: Promise<void>;
}

/** Runs a program on pipes. The client's EOF closes its standard input. */
export function runOnPipes(output: ChannelOutput, program: TerminalProgram): RunningProgram {
  const { channel } = output;
  const { file, args, env, cwd } = program;
  const child = spawnProgram(file, [...args], { detached: true, stdio: 'pipe', env, cwd });
  channel.pipe(child.stdin);
  // When the program closes its input, discards further input, as sshd does.
  child.stdin.on('error', () => {
    channel.unpipe(child.stdin);
    channel.resume();
  });
  output.onClose(() => hangUp(child));
  const pumps = [output.pump(child.stdout, 'stdout'), output.pump(child.stderr, 'stderr')];
  const ended = finishOnExit(child, output, Promise.all(pumps));
  return { signal: (name) => signalGroup(child, name), resize: () => {}, ended };
}

export interface TerminalRequest {
  readonly size: WindowSize;
  readonly modes: TerminalModes;
}

/** Runs a program on a new pseudo-terminal. The client's EOF is sent as Ctrl-D. */
export function runOnTerminal(
  output: ChannelOutput,
  { size, modes }: TerminalRequest,
  program: (device: string) => TerminalProgram,
): RunningProgram {
  const { channel } = output;
  const { stream, path, resize } = openPty(size, modes);
  const child = spawnOnTerminal(path, program(path));
  stream.on('error', () => stream.destroy());
  channel.pipe(stream, { end: false });
  channel.once('end', () => stream.destroyed || stream.write('\x04'));
  output.onClose(() => {
    hangUp(child);
    stream.destroy();
  });
  const pump = output.pump(stream, 'stdout');
  child.once('exit', () => closeWhenQuiet(output, () => stream.destroy(), pump));
  return { signal: (name) => signalGroup(child, name), resize, ended: finishOnExit(child, output, pump) };
}

async function finishOnExit(
  child: ChildProcess,
  output: ChannelOutput,
  sent: Promise<unknown>,
): Promise<void> {
  try {
    const [[code, signal]] = await Promise.all([once(child, 'exit'), sent]);
    output.finish(code, signal);
  } catch (thrown) {
    // The program did not start: no such shell, or no memory.
    await output.write('stderr', Buffer.from(`${reasonOf(thrown)}\r\n`));
    output.finish(127, null);
  }
}

/** Milliseconds without output after which the terminal is closed. */
const quietMs = 100;

/**
 * Background programs keep a terminal open after its shell has exited. Closes it after a whole interval
 * without output and with nothing left to send; without background programs it ends by itself before that.
 */
function closeWhenQuiet(output: ChannelOutput, close: () => void, ended: Promise<void>): void {
  let before = output.progress;
  const timer = setInterval(() => {
    const now = output.progress;
    if (now !== undefined && now === before) close();
    before = now;
  }, quietMs);
  void ended.finally(() => clearInterval(timer));
}

function hangUp(child: ChildProcess): void {
  signalGroup(child, 'SIGHUP');
  for (const stream of child.stdio) stream?.destroy();
}
