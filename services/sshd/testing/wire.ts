import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** One end of a connection in memory, with the members of a socket that sshd uses. */
class WireEnd extends Duplex {
  remoteAddress: string;
  remotePort = 40_000;
  other: WireEnd | undefined;
  /** Bytes that arrived at this end. */
  bytesRead = 0;
  bytesWritten = 0;
  #taken: (() => void) | undefined;

  constructor(remoteAddress: string) {
    super({ allowHalfOpen: false });
    this.remoteAddress = remoteAddress;
    this.on('error', () => {});
  }

  setNoDelay(): this {
    return this;
  }

  /** Like a socket: bytes arrive later, and none while the buffers are full because nobody reads there. */
  override _writev(chunks: { readonly chunk: Buffer }[], done: () => void): void {
    setImmediate(() => {
      const { other } = this;
      const bytes = Buffer.concat(chunks.map(({ chunk }) => chunk));
      this.bytesWritten += bytes.length;
      if (other) other.bytesRead += bytes.length;
      if (!other || other.destroyed || other.push(bytes)) done();
      else other.#taken = done;
    });
  }

  override _read(): void {
    const taken = this.#taken;
    this.#taken = undefined;
    taken?.();
  }

  override _final(done: () => void): void {
    this.other?.push(null);
    done();
  }

  override _destroy(_error: Error | null, done: () => void): void {
    this.#taken?.();
    const { other } = this;
    setImmediate(() => other?.destroy());
    done();
  }
}

let nextPort = 40_000;

/** The two ends of a connection in memory; the server sees it come from `address`. */
export function wire(address = '192.0.2.1'): { readonly client: WireEnd; readonly server: Socket & WireEnd } {
  const [client, server] = [new WireEnd('192.0.2.22'), new WireEnd(address)];
  [client.other, server.other] = [server, client];
  server.remotePort = nextPort++;
  return { client, server: server as WireEnd & Socket };
}
