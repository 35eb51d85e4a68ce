import { KitError } from '../../lib/errors/errors.ts';
import { isVsockPort } from '../../lib/linux/net/vsock.ts';

/** A port of vsock(7) that leads to a unix socket. */
export interface Forward {
  readonly port: number;
  /** Absolute path of the socket. */
  readonly socket: string;
}

/** struct sockaddr_un of unix(7): a path of 108 bytes with its end. */
const maxSocketPath = 107;

/**
 * A port as Hyper-V names it, by the template that Linux has for vsock (net/vmw_vsock/hyperv_transport.c):
 * the port is the first part.
 */
const serviceId = /^([0-9a-f]{8})-facb-11e6-bd58-64006a7986d3$/i;

/** Reads LinuxKit's `PORT:unix:SOCKET`. @throws KitError */
export function parseForward(text: string): Forward {
  const [, name = '', network = '', socket = ''] = /^([^:]*):([^:]*):(.*)$/s.exec(text) ?? [];
  const refuse = (why: string): KitError =>
    new KitError(`Cannot forward ${JSON.stringify(text.slice(0, 200))}: ${why}`, {
      hint: '-inport takes PORT:unix:SOCKET, such as 2374:unix:/run/containerd/containerd.sock',
      exitCode: 2,
    });
  const port = portOf(name);
  if (port === undefined) throw refuse('the port has to be a number from 1 to 4294967294');
  if (network !== 'unix') throw refuse('only unix sockets can be forwarded to');
  if (!socket.startsWith('/') || /[\0\n]/.test(socket))
    throw refuse('the path of the socket has to be absolute');
  if (Buffer.byteLength(socket) > maxSocketPath) {
    throw refuse(`the path of the socket has more than ${maxSocketPath} bytes`);
  }
  return { port, socket };
}

function portOf(name: string): number | undefined {
  const [, hex] = serviceId.exec(name) ?? [];
  if (hex !== undefined) return inRange(Number.parseInt(hex, 16));
  return /^\d{1,10}$/.test(name) ? inRange(Number(name)) : undefined;
}

const inRange = (port: number): number | undefined => (isVsockPort(port) ? port : undefined);
