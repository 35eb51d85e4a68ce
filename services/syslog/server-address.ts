import { KitError } from '../../lib/errors/errors.ts';

/** The address of a syslog server. */
export interface ServerAddress {
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
  /** For people, always with the port: `tls://logs.example.org:6514`. */
  readonly name: string;
}

/** Default ports: 6514 of RFC 5425; without TLS most servers listen on 514. */
const ports: Readonly<Record<string, number>> = { 'tls:': 6514, 'tcp:': 514 };

/**
 * Parses `tls://logs.example.org`, `tcp://10.0.2.2:5140`, `tls://[fd00::1]:6514`.
 * @throws KitError on anything else.
 */
export function readServer(text: string): ServerAddress {
  const url = URL.parse(text);
  const port = url === null ? undefined : ports[url.protocol];
  if (url === null || port === undefined || url.hostname === '')
    throw invalid(text, 'expected tls://HOST:PORT or tcp://HOST:PORT');
  // Refused, since the password would appear in every message about the server.
  if (url.username !== '' || url.password !== '')
    throw invalid('…', 'it has a user name, which syslog does not support');
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '')
    throw invalid(text, 'more than a host and a port');
  const chosen = url.port === '' ? port : Number(url.port);
  return {
    tls: url.protocol === 'tls:',
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: chosen,
    name: `${url.protocol}//${url.hostname}:${chosen}`,
  };
}

const invalid = (text: string, reason: string): KitError =>
  new KitError(`Cannot send logs to "${text}": ${reason}`, { exitCode: 2 });
