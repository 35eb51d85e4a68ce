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

/** A program that runs for a session; it ends with the session, at the latest. */
export interface Running {
  /** Sends a signal to all of the program's process group. */
  signal(name: NodeJS.Signals): void;
  /** Only for a terminal. */
  resize(size: WindowSize): void;
  /** Settles when the program has ended and all it wrote is sent, or the client has gone. */
  readonly ended: Promise<void>;
}

/** Runs a program on pipes. The client's end of input becomes the program's. */
export function runOnPipes(output: ChannelOutput, program: TerminalProgram): Running {
  const { channel } = output;
  const { file, args, env, cwd } = program;
  const child = spawnProgram(file, [...args], { detached: true, stdio: 'pipe', env, cwd });
  channel.pipe(child.stdin);
  // A program that reads no further: what still comes is thrown away, as sshd does.
  child.stdin.on('error', () => {
    channel.unpipe(child.stdin);
    channel.resume();
  });
  output.onClose(() => hangUp(child));
  const pumps = [output.pump(child.stdout, 'stdout'), output.pump(child.stderr, 'stderr')];
  const ended = ending(child, output, Promise.all(pumps));
  return { signal: (name) => signalGroup(child, name), resize: () => {}, ended };
}

export interface TerminalRequest {
  readonly size: WindowSize;
  readonly modes: TerminalModes;
}

/** Runs a program on a terminal of its own. The client's end of input is a Ctrl-D. */
export function runOnTerminal(
  output: ChannelOutput,
  { size, modes }: TerminalRequest,
  program: (device: string) => TerminalProgram,
): Running {
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
  return { signal: (name) => signalGroup(child, name), resize, ended: ending(child, output, pump) };
}

async function ending(child: ChildProcess, output: ChannelOutput, sent: Promise<unknown>): Promise<void> {
  try {
    const [[code, signal]] = await Promise.all([once(child, 'exit'), sent]);
    output.finish(code, signal);
  } catch (thrown) {
    // It did not start: no such shell, no memory.
    await output.write('stderr', Buffer.from(`${reasonOf(thrown)}\r\n`));
    output.finish(127, null);
  }
}

/** How often to look whether the terminal has fallen silent, in milliseconds. */
const quietMs = 100;

/**
 * Programs left in the background keep a terminal open after its shell has ended. So it is closed once a whole interval
 * brought nothing more and nothing waits to be sent; without such programs it has ended by itself before that.
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
