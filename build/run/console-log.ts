import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

/** Bytes; one older file of the same size is kept. */
const maxBytes = 16 << 20;

/** Bytes of an unfinished line that are looked at. */
const maxLine = 1000;

/** Keeps what the guest wrote to its serial console, and listens for its last words. */
export class ConsoleLog {
  /** The kernel's panic message, once it wrote one. */
  panic: string | undefined;
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
  }
}

/** The reason in `[    4.235712] Kernel panic - not syncing: Attempted to kill init!`, or undefined. */
export function panicOf(line: string): string | undefined {
  return /^(?:<\d+>)?(?:\[[ \d.]+\] ?)?Kernel panic - not syncing: (.*?)\s*$/.exec(line)?.[1];
}
