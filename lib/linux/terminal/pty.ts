import type { ChildProcess } from 'node:child_process';
import { closeSync, constants } from 'node:fs';
import { ReadStream } from 'node:tty';
import { bindFunctions, check } from '../ffi.ts';
import { ioctl } from '../io/ioctl.ts';
import { spawnProgram } from '../process/spawn.ts';
import { setTerminalModes, type TerminalModes } from './termios.ts';

const libc = bindFunctions({
  posix_openpt: { arguments: ['int32'], return: 'int32' },
  grantpt: { arguments: ['int32'], return: 'int32' },
  unlockpt: { arguments: ['int32'], return: 'int32' },
  ptsname_r: { arguments: ['int32', 'pointer', 'uint64'], return: 'int32' },
});

/** include/uapi/asm-generic/ioctls.h */
const TIOCGWINSZ = 0x5413;
const TIOCSWINSZ = 0x5414;
/**
 * Missing from node:constants. Without it, programs started meanwhile would inherit the master and keep it
 * open.
 */
const O_CLOEXEC = 0o2000000;

/** In characters and, where known, pixels. */
export interface WindowSize {
  readonly rows: number;
  readonly columns: number;
  readonly width?: number;
  readonly height?: number;
}

/** The master of a pseudo-terminal. */
export interface Pty {
  /**
   * Output and input of the programs on the terminal. Fails with EIO when the last of them has closed the
   * terminal: the normal end. Destroying it hangs up: the session leader gets SIGHUP.
   */
  readonly stream: ReadStream;
  /** The slave: `/dev/pts/3`. */
  readonly path: string;
  /** Sends SIGWINCH to the programs on the terminal. No effect once the stream is destroyed. */
  resize(size: WindowSize): void;
}

/** Opens a new pseudo-terminal (pty(7)) with this size and these modes. */
export function openPty(size: WindowSize, modes: TerminalModes = {}): Pty {
  const fd = check('posix_openpt', libc.posix_openpt(constants.O_RDWR | constants.O_NOCTTY | O_CLOEXEC));
  try {
    check('grantpt', libc.grantpt(fd));
    check('unlockpt', libc.unlockpt(fd));
    const path = slavePath(fd);
    setWindowSize(fd, size);
    setTerminalModes(fd, modes);
    const stream = new ReadStream(fd);
    const resize = (to: WindowSize): void => {
      if (!stream.destroyed) setWindowSize(fd, to);
    };
    return { stream, path, resize };
  } catch (thrown) {
    closeSync(fd);
    throw thrown;
  }
}

/** ptsname_r(3) returns the error number instead of setting errno. */
function slavePath(fd: number): string {
  const name = Buffer.alloc(64);
  if (libc.ptsname_r(fd, name, BigInt(name.length)) !== 0) throw new Error('ptsname_r: no such terminal');
  return name.toString('latin1', 0, name.indexOf(0));
}

/** struct winsize (ioctl_tty(2)): u16 rows, columns, width, height. */
export function setWindowSize(fd: number, { rows, columns, width = 0, height = 0 }: WindowSize): void {
  const size = Buffer.alloc(8);
  for (const [index, value] of [rows, columns, width, height].entries()) {
    size.writeUInt16LE(Math.min(Math.max(value, 0), 0xffff), 2 * index);
  }
  ioctl('TIOCSWINSZ', fd, TIOCSWINSZ, size);
}

/** All zero where the size was never set, as on a serial line. */
export function windowSize(fd: number): WindowSize {
  const size = Buffer.alloc(8);
  ioctl('TIOCGWINSZ', fd, TIOCGWINSZ, size);
  const [rows, columns, width, height] = [0, 2, 4, 6].map((offset) => size.readUInt16LE(offset));
  return { rows: rows ?? 0, columns: columns ?? 0, width: width ?? 0, height: height ?? 0 };
}

export interface TerminalProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/**
 * Starts a program as the leader of a new session whose controlling terminal is `device`, so that Ctrl-C and
 * job control work. `detached` makes the session. The first terminal that a session leader opens without
 * O_NOCTTY becomes its controlling terminal: a shell opens it before it execs the program.
 */
export function spawnOnTerminal(device: string, program: TerminalProgram): ChildProcess {
  const { file, args, env, cwd } = program;
  const script = 'exec <>"$0" >&0 2>&0; exec "$@"';
  return spawnProgram('/bin/sh', ['-c', script, device, file, ...args], {
    detached: true,
    stdio: 'ignore',
    env,
    cwd,
  });
}
