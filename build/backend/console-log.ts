import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

/** Bytes; one older file of the same size is kept. */
const maxBytes = 16 << 20;

/** Characters of an unfinished line that are searched for a panic. */
const maxLine = 1000;

/**
 * Writes the output of the guest's serial console to a file, and watches it for what the guest cannot report
 * otherwise once it is off: a kernel panic, and a failure that made kit's init end the machine.
 */
export class ConsoleLog {
  /** The kernel's panic message, once it printed one. */
  panic: string | undefined;
  /** Seconds after which the panicked kernel reboots (`panic=N`), once it printed them. */
  rebootS: number | undefined;
  /** The container whose failure ended the machine (`onFailure: halt`): `onboot migrate`. */
  failedTask: string | undefined;
  /** Whether there was any output at all. */
  hasOutput = false;
  readonly #path: string;
  #fd: number;
  #bytes: number;
  #unfinishedLine = '';

  constructor(path: string) {
    this.#path = path;
    this.#bytes = existsSync(path) ? statSync(path).size : 0;
    this.#fd = openSync(path, 'a', 0o600);
  }

  write(bytes: Uint8Array): void {
    this.hasOutput = true;
    if (this.#bytes + bytes.length > maxBytes) this.#rotate();
    writeSync(this.#fd, bytes);
    this.#bytes += bytes.length;
    this.#search(Buffer.from(bytes).toString('latin1'));
  }

  /** Call this after a reset: what follows is the output of another kernel. */
  forgetPanic(): void {
    this.panic = undefined;
    this.rebootS = undefined;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #rotate(): void {
    closeSync(this.#fd);
    renameSync(this.#path, `${this.#path}.1`);
    this.#fd = openSync(this.#path, 'a', 0o600);
    this.#bytes = 0;
  }

  #search(text: string): void {
    const lines = (this.#unfinishedLine + text).split('\n');
    this.#unfinishedLine = (lines.pop() ?? '').slice(-maxLine);
    this.failedTask ??= lines.map(failedTaskOf).find((task) => task !== undefined);
    this.panic ??= lines.map(panicOf).find((panic) => panic !== undefined);
    if (this.panic !== undefined)
      this.rebootS ??= lines.map(rebootOf).find((seconds) => seconds !== undefined);
  }
}

/**
 * Log level and time, which the kernel prints before a line if so configured: `<0>[    4.235712] `.
 */
const linePrefix = /^(?:<\d+>)?(?:\[[ \d.]+\] ?)?/.source;
const panicLine = new RegExp(`${linePrefix}Kernel panic - not syncing: (.*?)\\s*$`);
const rebootLine = new RegExp(`${linePrefix}Rebooting in (\\d{1,5}) seconds\\.\\.\\s*$`);

/** The reason in `[    4.235712] Kernel panic - not syncing: Attempted to kill init!`, or undefined. */
export function panicOf(line: string): string | undefined {
  return panicLine.exec(line)?.[1];
}

/** `onboot migrate` in `kit: halt, requested by onboot migrate, which failed` (init/tasks/tasks.ts). */
export function failedTaskOf(line: string): string | undefined {
  return /^kit: (?:halt|poweroff), requested by (on(?:boot|shutdown) \S+), which failed\s*$/.exec(line)?.[1];
}

/** The number in `[    5.1] Rebooting in 10 seconds..` (kernel/panic.c), or undefined. */
function rebootOf(line: string): number | undefined {
  const seconds = rebootLine.exec(line)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
