import type { Dhcpv6Socket } from './socket6.ts';

/** A socket that is opened when something is sent, and closed when nothing is awaited any more. */
export class OnDemandSocket6 {
  readonly #make: () => Promise<Dhcpv6Socket>;
  #socket: Promise<Dhcpv6Socket> | undefined;

  /** @param make rejects while there is no address that can be used */
  constructor(make: () => Promise<Dhcpv6Socket>) {
    this.#make = make;
  }

  /** Opens it before there is something to send. `closed`: by `close`, meanwhile. */
  async open(): Promise<'open' | 'closed' | 'unusable'> {
    const socket = this.#opened();
    const result = await socket.then(
      () => 'open' as const,
      () => 'unusable' as const,
    );
    if (this.#socket !== socket) return 'closed';
    if (result === 'unusable') this.close();
    return result;
  }

  /**
   * Never throws: the next message opens the socket again where this one fails, of which `onError` is told
   * unless it was closed meanwhile.
   */
  send(bytes: Buffer, onError: (error: unknown) => void): void {
    const socket = this.#opened();
    socket
      .then((open) => open.send(bytes, onError))
      .catch((error: unknown) => {
        if (this.#socket !== socket) return;
        this.close();
        onError(error);
      });
  }

  /** What was sent before still leaves. */
  close(): void {
    this.#socket?.then(
      (open) => open.close(),
      () => {},
    );
    this.#socket = undefined;
  }

  #opened(): Promise<Dhcpv6Socket> {
    this.#socket ??= this.#make();
    return this.#socket;
  }
}
