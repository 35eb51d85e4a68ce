import { constants } from 'node:fs';
import type { Disk } from './disk.ts';
import { rotate } from './rotate.ts';

export interface Limits {
  /** Bytes of one file; a line that is longer has a file for itself. */
  readonly size: number;
  /** Old files of a source beside the one that is written to; at least one. */
  readonly files: number;
}

/** Where a file ended: what was written later is found after it, wherever the file was moved to. */
export interface Mark {
  readonly inode: number;
  readonly size: number;
}

/** Bytes. Longer than any line: whoever wrote an end without a newline that is longer was somebody else. */
const longestLine = 64 * 1024;
/** Bytes of one write. */
const piece = 256 * 1024;

/** The log of one source: lines are appended, and a full file is moved away. */
export class RotatingFile {
  readonly #path: string;
  readonly #limits: Limits;
  readonly #disk: Disk;
  #fd = -1;
  #mark: Mark = { inode: 0, size: 0 };

  constructor(path: string, limits: Limits, disk: Disk) {
    this.#path = path;
    this.#limits = limits;
    this.#disk = disk;
  }

  /** Where the lines end that are written, whichever number their file has by now. */
  get mark(): Mark {
    return this.#mark;
  }

  /**
   * Moves lines (each with its newline) from the front of `queue` to the disk. When it throws, those that are still in the
   * queue are not written, none in part, and it may be called again.
   */
  drain(queue: string[]): void {
    while (queue.length > 0) {
      this.open();
      let room = Math.min(piece, this.#limits.size - this.#mark.size);
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

  /** Opens the file when it is not open, or is not the one with this name any more. */
  open(): void {
    const found = this.#disk.statSync(this.#path, { throwIfNoEntry: false });
    if (this.#fd !== -1 && found?.ino === this.#mark.inode) return;
    this.close();
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;
    // A link could lead out of the folder, and a fifo would wait for a reader.
    const fd = this.#disk.openSync(this.#path, O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_RDWR, 0o644);
    try {
      const { ino, size } = this.#disk.fstatSync(fd);
      this.#mark = { inode: ino, size: this.#mend(fd, size) };
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

  /** How many of the lines are on the disk: a full one may have taken only some. */
  #append(lines: readonly Buffer[]): number {
    const written = this.#disk.writeSync(this.#fd, Buffer.concat(lines));
    let whole = 0;
    let count = 0;
    for (const { length } of lines) {
      if (whole + length > written) break;
      whole += length;
      count += 1;
    }
    this.#mark = { ...this.#mark, size: this.#mark.size + whole };
    // The next opening takes away what is there of the line that was cut.
    if (whole < written) this.close();
    return count;
  }

  /**
   * Takes away the beginning of a line that was being written when the program or the machine ended: it comes again, and
   * whole. The size is what is left.
   */
  #mend(fd: number, size: number): number {
    if (size === 0) return 0;
    const tail = Buffer.alloc(Math.min(size, longestLine));
    const got = this.#disk.readSync(fd, tail, 0, tail.length, size - tail.length);
    const end = tail.subarray(0, got).lastIndexOf(0x0a) + 1;
    if (end === got) return size;
    // No line of ours: it is left, and ended.
    if (end === 0 && size > got) return size + this.#disk.writeSync(fd, Buffer.from('\n'));
    const kept = size - tail.length + end;
    this.#disk.ftruncateSync(fd, kept);
    return kept;
  }

  /** On the disk before it is old: after a power cut an old file is whole, and only the newest may lack its end. */
  #rotate(): void {
    this.#disk.fdatasyncSync(this.#fd);
    rotate(this.#path, this.#limits.files, this.#disk);
    this.close();
  }
}
