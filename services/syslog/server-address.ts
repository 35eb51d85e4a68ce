import { KitError } from '../../lib/errors/errors.ts';

/** Where messages go. */
export interface Server {
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
  /** As a person wrote it, with the port: `tls://logs.example.org:6514`. */
  readonly name: string;
}

/** Ports where none is named: 6514 is RFC 5425's; what most servers listen on without TLS is 514. */
const ports: Readonly<Record<string, number>> = { 'tls:': 6514, 'tcp:': 514 };

/** `tls://logs.example.org`, `tcp://10.0.2.2:5140`, `tls://[fd00::1]:6514`. @throws KitError on anything else */
export function readServer(text: string): Server {
  const url = URL.parse(text);
  const port = url === null ? undefined : ports[url.protocol];
  if (url === null || port === undefined || url.hostname === '')
    throw wrong(text, 'want tls://HOST:PORT or tcp://HOST:PORT');
  // It would be taken for a login, and shown in every message about the server.
  if (url.username !== '' || url.password !== '')
    throw wrong('…', 'it has a user name, which syslog has not');
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '')
    throw wrong(text, 'more than a host and a port');
  const chosen = url.port === '' ? port : Number(url.port);
  return {
    tls: url.protocol === 'tls:',
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: chosen,
    name: `${url.protocol}//${url.hostname}:${chosen}`,
  };
}

const wrong = (text: string, why: string): KitError =>
  new KitError(`Cannot send logs to "${text}": ${why}`, { exitCode: 2 });
