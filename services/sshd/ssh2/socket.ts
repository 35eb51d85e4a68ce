import type { Socket } from 'node:net';

/** Bytes that a client may send before it has logged in; a login with ten keys takes about ten thousand. */
const maxBytesBeforeLogin = 256 << 10;

/** Bytes of replies that wait for the client to read; meanwhile nothing more is read from it. */
const maxUnreadBytes = 1 << 20;

/** Milliseconds for the last bytes to leave, such as the reason of a disconnection. */
const lingerMs = 2000;

export interface SocketGuard {
  /** Lifts the bound on what is read before the login. */
  loggedIn(): void;
}

/**
 * Gives a socket that ssh2 reads the bounds which ssh2 lacks. Call it after `injectSocket`.
 *
 * ssh2 ends the socket at each error, but an ended socket still receives, and ssh2 goes on parsing: after a
 * bad packet length it collects a packet of that length, which may be 2 GiB. So here the end of the socket
 * means that nothing more is parsed, and that the socket is destroyed as soon as the last bytes have left.
 * ssh2 also writes replies without regard to whether the client reads them.
 *
 * @param abused called when the client sends too much before its login
 */
export function guardSocket(socket: Socket, abused: (reason: string) => void): SocketGuard {
  let left = maxBytesBeforeLogin;
  const end = socket.end.bind(socket);
  let ended = false;
  socket.end = () => {
    if (!ended) endForGood(socket, end);
    ended = true;
    return socket;
  };
  socket.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) {
      socket.removeAllListeners('data');
      abused('too many bytes before the login');
    } else if (socket.writableLength > maxUnreadBytes) pauseUntilRead(socket);
  });
  return {
    loggedIn: () => {
      left = Number.POSITIVE_INFINITY;
    },
  };
}

function endForGood(socket: Socket, end: () => void): void {
  socket.removeAllListeners('data');
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
  socket.once('finish', () => socket.destroy());
  end();
}

function pauseUntilRead(socket: Socket): void {
  socket.pause();
  socket.once('drain', () => socket.resume());
}
