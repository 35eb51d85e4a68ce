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
import type { Console } from './consoles.ts';

export interface ConsoleSettings {
  /** Shown before each login. */
  readonly banner: () => string;
  /** True when somebody may have a shell; undefined: everybody may. */
  readonly login: ((device: string) => Promise<boolean>) | undefined;
  readonly shell: (console: Console) => TerminalProgram;
  readonly log: (line: string) => void;
}

/** Keeps one console busy with a login and a shell, for ever. */
export async function serveConsole(console: Console, settings: ConsoleSettings): Promise<void> {
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

/** A session shorter than this did not work, or somebody holds Ctrl-D down. */
const shortMs = 2000;
const [firstPauseMs, longestPauseMs] = [250, 30_000];

/** Milliseconds to wait before the next session: none after a real one, twice as long after each that was not. */
export function nextPause(pauseMs: number, lastedMs: number): number {
  if (lastedMs >= shortMs) return 0;
  return Math.min(Math.max(2 * pauseMs, firstPauseMs), longestPauseMs);
}

async function oneSession(console: Console, { banner, login, shell }: ConsoleSettings): Promise<void> {
  prepare(console.device, banner());
  if (login && !(await login(console.device))) return;
  const child = spawnOnTerminal(console.device, shell(console));
  await once(child, 'exit');
}

/**
 * What the last session or the kernel left behind is put right. The device is opened anew for each session: the kernel
 * hangs a terminal up, for everybody who has it open, when the leader of its session ends.
 */
function prepare(device: string, banner: string): void {
  const fd = openSync(device, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  try {
    // CLOCAL: a serial line without a modem would otherwise block whoever opens it next.
    setTerminalModes(fd, { ...saneModes, CLOCAL: true, ECHO: true });
    if (windowSize(fd).rows === 0) setWindowSize(fd, { rows: 24, columns: 80 });
    writeSync(fd, banner);
  } finally {
    closeSync(fd);
  }
}
