import { closeSync, readSync, writeSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { codeOf } from '../../errors/errors.ts';
import { type PollHandle, pollDescriptor } from './poll.ts';

/**
 * A Duplex over a descriptor opened O_RDWR|O_NONBLOCK that `net.Socket` refuses: a virtio port, a terminal's
 * master side. It owns the descriptor and closes it when destroyed. A read of 0 bytes, or EIO of a terminal,
 * ends it.
 */
export class DescriptorStream extends Duplex {
  private readonly fd: number;
  private readonly poll: PollHandle;
  private readonly buffer = Buffer.allocUnsafe(65_536);
  private reading = false;
  private pending: PendingWrite | undefined;

  constructor(fd: number) {
    super({ allowHalfOpen: false });
    this.fd = fd;
    this.poll = pollDescriptor(fd, ({ readable, writable }) => {
      if (writable) this.flush();
      if (readable && !this.destroyed) this.fill();
    });
  }

  override _read(): void {
    this.reading = true;
    this.watch();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.pending = { bytes, done };
    this.flush();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // libuv must let go first: a descriptor number that is open again would be watched by the old handle.
    this.poll.close().then(() => {
      closeSync(this.fd);
      done(error);
    });
  }

  private watch(): void {
    if (!this.destroyed) this.poll.want({ readable: this.reading, writable: this.pending !== undefined });
  }

  /** Reads until nothing waits, or the reader has had enough for now. */
  private fill(): void {
    while (this.reading) {
      const bytes = this.readSome();
      if (bytes === undefined) return;
      this.reading = this.push(bytes) && bytes !== null;
    }
    this.watch();
  }

  /** Bytes, null at the end, undefined when there is nothing now. */
  private readSome(): Buffer | null | undefined {
    try {
      const length = readSync(this.fd, this.buffer);
      return length === 0 ? null : Buffer.from(this.buffer.subarray(0, length));
    } catch (thrown) {
      if (codeOf(thrown) === 'EAGAIN') return undefined;
      if (codeOf(thrown) === 'EIO') return null;
      this.destroy(thrown as Error);
      return undefined;
    }
  }

  private flush(): void {
    while (this.pending) {
      const { bytes, done } = this.pending;
      const written = this.writeSome(bytes);
      if (written === undefined) break;
      this.pending = written < bytes.length ? { bytes: bytes.subarray(written), done } : undefined;
      if (!this.pending) done();
    }
    this.watch();
  }

  /** How many bytes were taken; undefined when none now. */
  private writeSome(bytes: Buffer): number | undefined {
    try {
      return writeSync(this.fd, bytes);
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
