import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

/** Bytes; one older file of the same size is kept. */
const maxBytes = 16 << 20;

/** Bytes of an unfinished line that are looked at. */
const maxLine = 1000;

/** Keeps what the guest wrote to its serial console, and listens for its last words. */
export class ConsoleLog {
  /** The kernel's panic message, once it wrote one. */
  panic: string | undefined;
  /** Seconds after which the panicked kernel means to boot again (`panic=N`), once it said so. */
  rebootS: number | undefined;
  /** Whether anything came at all. */
  alive = false;
  private readonly path: string;
  private fd: number;
  private bytes: number;
  private tail = '';

  constructor(path: string) {
    this.path = path;
    this.bytes = existsSync(path) ? statSync(path).size : 0;
    this.fd = openSync(path, 'a', 0o600);
  }

  write(bytes: Uint8Array): void {
    this.alive = true;
    if (this.bytes + bytes.length > maxBytes) this.rotate();
    writeSync(this.fd, bytes);
    this.bytes += bytes.length;
    this.listen(Buffer.from(bytes).toString('latin1'));
  }

  /** Another kernel speaks. */
  forgetPanic(): void {
    this.panic = undefined;
    this.rebootS = undefined;
  }

  close(): void {
    closeSync(this.fd);
  }

  private rotate(): void {
    closeSync(this.fd);
    renameSync(this.path, `${this.path}.1`);
    this.fd = openSync(this.path, 'a', 0o600);
    this.bytes = 0;
  }

  private listen(text: string): void {
    const lines = (this.tail + text).split('\n');
    this.tail = (lines.pop() ?? '').slice(-maxLine);
    this.panic ??= lines.map(panicOf).find((panic) => panic !== undefined);
    if (this.panic !== undefined)
      this.rebootS ??= lines.map(rebootOf).find((seconds) => seconds !== undefined);
  }
}

/** What the kernel puts before a line, by its settings: `<0>[    4.235712] `. */
const stamp = /^(?:<\d+>)?(?:\[[ \d.]+\] ?)?/.source;
const panicLine = new RegExp(`${stamp}Kernel panic - not syncing: (.*?)\\s*$`);
const rebootLine = new RegExp(`${stamp}Rebooting in (\\d{1,5}) seconds\\.\\.\\s*$`);

/** The reason in `[    4.235712] Kernel panic - not syncing: Attempted to kill init!`, or undefined. */
export function panicOf(line: string): string | undefined {
  return panicLine.exec(line)?.[1];
}

/** The number in `[    5.1] Rebooting in 10 seconds..`, as kernel/panic.c says it, or undefined. */
function rebootOf(line: string): number | undefined {
  const seconds = rebootLine.exec(line)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
