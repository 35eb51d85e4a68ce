import { once } from 'node:events';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { reasonOf } from '../../lib/errors/errors.ts';
import {
  setWindowSize,
  spawnOnTerminal,
  type TerminalProgram,
  windowSize,
} from '../../lib/linux/terminal/pty.ts';
import { saneModes, setTerminalModes } from '../../lib/linux/terminal/termios.ts';
import type { ConsoleDevice } from './consoles.ts';

export interface ConsoleSettings {
  /** Shown before each login. */
  readonly banner: () => string;
  /** Resolves to true if a shell may start; undefined: a shell starts without a login. */
  readonly login: ((device: string) => Promise<boolean>) | undefined;
  readonly shell: (console: ConsoleDevice) => TerminalProgram;
  readonly log: (line: string) => void;
}

/** Runs a login and a shell on one console, again and again. */
export async function serveConsole(console: ConsoleDevice, settings: ConsoleSettings): Promise<void> {
  let pauseMs = 0;
  for (;;) {
    const started = performance.now();
    try {
      await oneSession(console, settings);
    } catch (error) {
      settings.log(`cannot serve ${console.device}: ${reasonOf(error)}`);
    }
    pauseMs = nextPause(pauseMs, performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** In a session shorter than this, the shell failed or Ctrl-D is held down. */
const shortMs = 2000;
const [firstPauseMs, longestPauseMs] = [250, 30_000];

/** Milliseconds to wait before the next session: none after a long one, doubled after each short one. */
export function nextPause(pauseMs: number, lastedMs: number): number {
  if (lastedMs >= shortMs) return 0;
  return Math.min(Math.max(2 * pauseMs, firstPauseMs), longestPauseMs);
}

async function oneSession(console: ConsoleDevice, { banner, login, shell }: ConsoleSettings): Promise<void> {
  prepare(console.device, banner());
  if (login && !(await login(console.device))) return;
  const child = spawnOnTerminal(console.device, shell(console));
  await once(child, 'exit');
}

/**
 * Resets the terminal modes and prints the banner. Opens the device anew for each session: when a session
 * leader exits, the kernel hangs up its terminal for every process that has it open.
 */
function prepare(device: string, banner: string): void {
  const fd = openSync(device, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  try {
    // CLOCAL: without it, the next open(2) of a serial line without a modem would block.
    setTerminalModes(fd, { ...saneModes, CLOCAL: true, ECHO: true });
    if (windowSize(fd).rows === 0) setWindowSize(fd, { rows: 24, columns: 80 });
    writeSync(fd, banner);
  } finally {
    closeSync(fd);
  }
}
