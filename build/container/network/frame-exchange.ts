import type { Duplex } from 'node:stream';
import { type PollHandle, pollDescriptor } from '../../../lib/linux/io/poll.ts';
import type { FrameSocket } from '../../../lib/linux/net/frame-socket.ts';
import { FrameSplitter, withLength } from '../../../lib/net/frame-stream.ts';

/** Frames read at a time, so that neither direction starves the other. */
const burst = 64;

/** Passes the Ethernet frames of an interface on to a stream, and those of the stream to the interface. */
export class FrameExchange {
  readonly #frames: FrameSocket;
  readonly #poll: PollHandle;
  #stream: Duplex | undefined;

  constructor(frames: FrameSocket) {
    this.#frames = frames;
    this.#poll = pollDescriptor(frames.fd, () => this.#fromInterface());
  }

  /**
   * Until the stream closes. Without a stream, frames wait in the socket's ring, and are lost once it is
   * full.
   */
  attach(stream: Duplex): void {
    const splitter = new FrameSplitter();
    this.#stream = stream;
    this.#poll.want({ readable: true, writable: false });
    stream.on('data', (piece: Buffer) => {
      try {
        for (const frame of splitter.push(piece)) this.#frames.send(frame);
      } catch (thrown) {
        stream.destroy(thrown instanceof Error ? thrown : undefined);
      }
    });
    stream.on('drain', () => this.#poll.want({ readable: true, writable: false }));
    stream.once('close', () => {
      this.#stream = undefined;
      this.#poll.want({ readable: false, writable: false });
    });
  }

  #fromInterface(): void {
    for (let count = 0; count < burst && this.#stream; count += 1) {
      let isFull = false;
      const hasFrame = this.#frames.receive((frame) => {
        isFull = this.#stream?.write(withLength(frame)) === false;
      });
      if (!hasFrame) return;
      if (!isFull) continue;
      // The frames then wait in the socket's ring.
      this.#poll.want({ readable: false, writable: false });
      return;
    }
  }
}
