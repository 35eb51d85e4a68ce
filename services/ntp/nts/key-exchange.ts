import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import {
  type Agreement,
  isWhole,
  NtsRejected,
  ntpv4,
  ntsRequest,
  readAgreement,
  sivCmac256,
} from './records.ts';
import { sivKeyBytes } from './siv.ts';

/** What protects the requests to a server, and its answers. */
export interface Keys extends Agreement {
  readonly toServer: Buffer;
  readonly toClient: Buffer;
}

export interface KeyServer {
  /** The name that its certificate has to have. */
  readonly host: string;
  readonly address: string;
  /** PEM of who may have signed that certificate; undefined: those that Node trusts. */
  readonly ca: string | undefined;
}

const ntsKePort = 4460;
const alpn = 'ntske/1';
/** Milliseconds for all of it. */
const limitMs = 5000;

/** Agrees on keys with a server (NTS-KE, RFC 8915, section 4). @throws an error with a reason */
export function exchangeKeys({ host, address, ca }: KeyServer, signal: AbortSignal): Promise<Keys> {
  if (signal.aborted) return Promise.reject(notWaitedFor());
  const { promise, resolve, reject } = Promise.withResolvers<Keys>();
  const socket = connect({
    ...{ host: address, port: ntsKePort, minVersion: 'TLSv1.3', ALPNProtocols: [alpn] },
    ...{ ca, rejectUnauthorized: true },
    ...(isIP(host) === 0 && { servername: host }),
  });
  const end = (settle: () => void): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    socket.destroy();
    settle();
  };
  const fail = (error: unknown): void => end(() => reject(error));
  const abort = (): void => fail(notWaitedFor());
  const timer = setTimeout(() => fail(new KitError(`no answer within ${limitMs / 1000} s`)), limitMs);
  signal.addEventListener('abort', abort);
  let answer: Buffer = Buffer.alloc(0);
  socket.once('secureConnect', () => {
    if (socket.alpnProtocol !== alpn) fail(new NtsRejected('it does not speak NTS-KE'));
    else socket.write(ntsRequest());
  });
  socket.on('data', (bytes: Buffer) => {
    answer = Buffer.concat([answer, bytes]);
    try {
      if (!isWhole(answer)) return;
      const keys = { ...readAgreement(answer), ...exportKeys(socket) };
      end(() => resolve(keys));
    } catch (error) {
      fail(error);
    }
  });
  socket.on('error', fail);
  socket.once('close', () => fail(new NtsRejected('it ends the connection before its answer is whole')));
  return promise;
}

const notWaitedFor = (): KitError => new KitError('not waited for');

/** Both are of this connection, and never sent (RFC 8915, section 5.1). */
function exportKeys(socket: TLSSocket): Pick<Keys, 'toServer' | 'toClient'> {
  const exported = (direction: 0 | 1): Buffer => {
    const context = Buffer.from([ntpv4 >> 8, ntpv4 & 0xff, sivCmac256 >> 8, sivCmac256 & 0xff, direction]);
    return socket.exportKeyingMaterial(sivKeyBytes, 'EXPORTER-network-time-security', context);
  };
  return { toServer: exported(0), toClient: exported(1) };
}

/** Of an error of the connection; of those of OpenSSL without its numbers. */
export function reasonOfTls(error: unknown): string {
  const ofOpenssl = error instanceof Error && 'library' in error && 'reason' in error;
  return ofOpenssl ? String(error.reason) : reasonOf(error);
}
