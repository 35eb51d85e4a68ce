import { closeSync, readSync, writeSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { codeOf } from '../../errors/errors.ts';
import { type PollHandle, pollDescriptor } from './poll.ts';

export interface DescriptorStreamOptions {
  /**
   * Ends the direction from here alone (shutdown(2) of a socket). With it, the stream is open until both
   * directions have ended; without it, the end of one is that of both.
   */
  readonly endWriting?: (fd: number) => void;
}

/**
 * A Duplex over a descriptor opened O_RDWR|O_NONBLOCK that `net.Socket` refuses: a virtio port, the master of
 * a pseudo-terminal, a socket of vsock(7). It owns the descriptor and closes it when destroyed. A read of 0
 * bytes, or a terminal's EIO, ends it.
 */
export class DescriptorStream extends Duplex {
  readonly #fd: number;
  readonly #poll: PollHandle;
  readonly #buffer = Buffer.allocUnsafe(65_536);
  #reading = false;
  #pending: PendingWrite | undefined;
  readonly #endWriting: DescriptorStreamOptions['endWriting'];

  constructor(fd: number, { endWriting }: DescriptorStreamOptions = {}) {
    super({ allowHalfOpen: endWriting !== undefined });
    this.#fd = fd;
    this.#endWriting = endWriting;
    this.#poll = pollDescriptor(fd, ({ readable, writable }) => {
      if (writable) this.#flush();
      if (readable && !this.destroyed) this.#fill();
    });
  }

  override _read(): void {
    this.#reading = true;
    this.#watch();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#pending = { bytes, done };
    this.#flush();
  }

  override _final(done: (error?: Error | null) => void): void {
    try {
      this.#endWriting?.(this.#fd);
      done();
    } catch (thrown) {
      done(thrown as Error);
    }
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // The poll handle is closed first: if the descriptor's number were reused, the old handle would watch it.
    this.#poll.close().then(() => {
      closeSync(this.#fd);
      done(error);
    });
  }

  #watch(): void {
    if (!this.destroyed) this.#poll.want({ readable: this.#reading, writable: this.#pending !== undefined });
  }

  /** Reads until there is nothing to read, or the reader applies back-pressure. */
  #fill(): void {
    while (this.#reading) {
      const bytes = this.#readSome();
      if (bytes === undefined) return;
      this.#reading = this.push(bytes) && bytes !== null;
    }
    this.#watch();
  }

  /** Null at the end of the stream; undefined when there is nothing to read now. */
  #readSome(): Buffer | null | undefined {
    try {
      const length = readSync(this.#fd, this.#buffer);
      return length === 0 ? null : Buffer.from(this.#buffer.subarray(0, length));
    } catch (thrown) {
      if (codeOf(thrown) === 'EAGAIN') return undefined;
      if (codeOf(thrown) === 'EIO') return null;
      this.destroy(thrown as Error);
      return undefined;
    }
  }

  #flush(): void {
    while (this.#pending) {
      const { bytes, done } = this.#pending;
      const written = this.#writeSome(bytes);
      if (written === undefined) break;
      this.#pending = written < bytes.length ? { bytes: bytes.subarray(written), done } : undefined;
      if (!this.#pending) done();
    }
    this.#watch();
  }

  /** The number of bytes written; undefined when none can be written now. */
  #writeSome(bytes: Buffer): number | undefined {
    try {
      return writeSync(this.#fd, bytes);
    } catch (thrown) {
      if (codeOf(thrown) === 'EAGAIN') return undefined;
      this.destroy(thrown as Error);
      return undefined;
    }
  }
}

interface PendingWrite {
  readonly bytes: Buffer;
  readonly done: (error?: Error | null) => void;
}
