import { createServer, type Socket } from 'node:net';
import { listenOn } from '../client/listen.ts';
import type { Forward } from './wish.ts';

/** Carries a connection to its end. Never rejects. */
export type Carry = (socket: Socket, forward: Forward) => Promise<void>;

export interface Forwards extends AsyncDisposable {
  /** In the order they were asked for, with the ports that the kernel has chosen. */
  readonly open: readonly Forward[];
}

/** Listens for each, and carries what connects. The end resets what is still open. @throws KitError when one cannot be had */
export async function openForwards(forwards: readonly Forward[], carry: Carry): Promise<Forwards> {
  await using opened = new AsyncDisposableStack();
  const open: Forward[] = [];
  for (const forward of forwards) {
    const { port, close } = await listen(forward, carry);
    opened.defer(close);
    open.push({ ...forward, port });
  }
  const kept = opened.move();
  return { open, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function listen(
  forward: Forward,
  carry: Carry,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  // A client that has said all it has to say may still want the answer.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void carry(socket, forward);
  });
  const { port } = await listenOn(server, forward, 'choose another, or 0 for any that is free');
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.resetAndDestroy();
      }),
  };
}
