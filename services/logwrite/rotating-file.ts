import { constants } from 'node:fs';
import type { LogDisk } from './disk.ts';
import { rotate } from './rotate.ts';

export interface RotationLimits {
  /** Bytes of one file; a longer line gets a file of its own. */
  readonly size: number;
  /** Old files kept besides the current one; at least 1. */
  readonly files: number;
}

/** The end of a file at some time. Later lines follow it, even if the file has been renamed since. */
export interface Mark {
  readonly inode: number;
  readonly size: number;
}

/** More bytes than any line written here: a longer end without a newline was written by another program. */
const longestLine = 64 * 1024;
/** Maximum bytes of one write. */
const maximalWrite = 256 * 1024;

/** The log file of one source: appends lines, and rotates the file when it is full. */
export class RotatingFile {
  readonly #path: string;
  readonly #limits: RotationLimits;
  readonly #disk: LogDisk;
  #fd = -1;
  #mark: Mark = { inode: 0, size: 0 };

  constructor(path: string, limits: RotationLimits, disk: LogDisk) {
    this.#path = path;
    this.#limits = limits;
    this.#disk = disk;
  }

  /** The end of the lines written so far. */
  get mark(): Mark {
    return this.#mark;
  }

  /**
   * Writes lines (each with its newline) and removes them from the front of `queue`. When it throws, the
   * lines left in the queue are not written, not even partly, and it may be called again.
   */
  drain(queue: string[]): void {
    while (queue.length > 0) {
      this.open();
      let room = Math.min(maximalWrite, this.#limits.size - this.#mark.size);
      const batch: Buffer[] = [];
      for (const line of queue) {
        const bytes = Buffer.from(line);
        const alone = batch.length === 0 && this.#mark.size === 0;
        if (bytes.length > room && !alone) break;
        batch.push(bytes);
        room -= bytes.length;
      }
      if (batch.length > 0) queue.splice(0, this.#append(batch));
      else if (this.#mark.size > 0) this.#rotate();
    }
  }

  /** Opens the file if it is not open, or if another file has its name now. */
  open(): void {
    const found = this.#disk.statSync(this.#path, { throwIfNoEntry: false });
    if (this.#fd !== -1 && found?.ino === this.#mark.inode) return;
    this.close();
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;
    // O_NOFOLLOW: a link could lead outside the folder. O_NONBLOCK: a fifo would block until it has a reader.
    const fd = this.#disk.openSync(this.#path, O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_RDWR, 0o644);
    try {
      const { ino, size } = this.#disk.fstatSync(fd);
      this.#mark = { inode: ino, size: this.#dropPartialLine(fd, size) };
      this.#fd = fd;
    } finally {
      if (this.#fd !== fd) this.#disk.closeSync(fd);
    }
  }

  close(): void {
    const fd = this.#fd;
    this.#fd = -1;
    if (fd !== -1) this.#disk.closeSync(fd);
  }

  /** Appends lines and returns how many are written completely: a full disk may take only some. */
  #append(lines: readonly Buffer[]): number {
    const written = this.#disk.writeSync(this.#fd, Buffer.concat(lines));
    let complete = 0;
    let count = 0;
    for (const { length } of lines) {
      if (complete + length > written) break;
      complete += length;
      count += 1;
    }
    this.#mark = { ...this.#mark, size: this.#mark.size + complete };
    // The next open() removes the partial line.
    if (complete < written) this.close();
    return count;
  }

  /**
   * Truncates a partial line at the end, left by a killed program or machine; that line will be written
   * again. Returns the new size.
   */
  #dropPartialLine(fd: number, size: number): number {
    if (size === 0) return 0;
    const tail = Buffer.alloc(Math.min(size, longestLine));
    const length = this.#disk.readSync(fd, tail, 0, tail.length, size - tail.length);
    const end = tail.subarray(0, length).lastIndexOf(0x0a) + 1;
    if (end === length) return size;
    // Written by another program: keeps it and adds a newline.
    if (end === 0 && size > length) return size + this.#disk.writeSync(fd, Buffer.from('\n'));
    const kept = size - tail.length + end;
    this.#disk.ftruncateSync(fd, kept);
    return kept;
  }

  /** Syncs first: after a power cut, old files are complete, and only the current one may lack its end. */
  #rotate(): void {
    this.#disk.fdatasyncSync(this.#fd);
    rotate(this.#path, this.#limits.files, this.#disk);
    this.close();
  }
}
