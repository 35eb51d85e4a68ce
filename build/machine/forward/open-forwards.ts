import { createServer, type Socket } from 'node:net';
import { listenOn } from '../../host/listen.ts';
import type { ForwardSpec } from './forward-spec.ts';

/** Forwards one connection until it ends. Never rejects. */
export type ForwardHandler = (socket: Socket, spec: ForwardSpec) => Promise<void>;

export interface OpenForwards extends AsyncDisposable {
  /** In the order of the request, with the ports that the kernel chose for 0. */
  readonly open: readonly ForwardSpec[];
}

/**
 * Listens on all ports and hands connections to `handle`. Disposing resets those that are still open.
 * @throws KitError for a port that cannot be bound
 */
export async function openForwards(
  specs: readonly ForwardSpec[],
  handle: ForwardHandler,
): Promise<OpenForwards> {
  const open: ForwardSpec[] = [];
  const closers: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => void (await Promise.all(closers.map((close) => close())));
  try {
    for (const spec of specs) {
      const { port, close } = await listen(spec, handle);
      closers.push(close);
      open.push({ ...spec, port });
    }
  } catch (thrown) {
    await closeAll();
    throw thrown;
  }
  return { open, [Symbol.asyncDispose]: closeAll };
}

async function listen(
  spec: ForwardSpec,
  handle: ForwardHandler,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  // allowHalfOpen: a client that has sent all its data may still wait for the answer.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void handle(socket, spec);
  });
  const { port } = await listenOn(server, spec, 'choose another, or 0 for any that is free');
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.resetAndDestroy();
      }),
  };
}
