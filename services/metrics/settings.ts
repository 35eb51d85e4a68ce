import { guestPaths } from '../../lib/bundle/bundle.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { readArguments, type Table } from '../../lib/service/service.ts';
import type { CollectorPaths } from './collect.ts';

/** Where the endpoint listens. An empty host is every address of the machine. */
export type Listen = { readonly host: string; readonly port: number } | { readonly path: string };

export interface Settings {
  readonly listen: Listen;
  readonly paths: CollectorPaths;
}

/** Arguments and environment of the program. @throws KitError */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const { listen, ...paths } = readArguments(table, { args, env });
  return { listen: listenOf(listen), paths };
}

const table = {
  listen: { type: 'string', env: 'METRICS_LISTEN', default: ':9100' },
  socket: { type: 'string', default: guestPaths.readSocket },
  proc: { type: 'string', default: '/proc' },
  dhcp: { type: 'string', default: '/run/dhcp' },
  ntp: { type: 'string', default: '/run/ntp' },
} as const satisfies Table;

/** `:9100`, `127.0.0.1:9100`, `[fd00::1]:9100`, `unix:/run/metrics/socket` */
function listenOf(text: string): Listen {
  if (text.startsWith('unix:/')) return { path: text.slice('unix:'.length) };
  const [, bracketed, host = bracketed ?? '', port] =
    /^(?:\[([\da-fA-F:.]{2,45})\]|([^[\]:]{0,253})):(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 65_535)
    throw new KitError(`Cannot listen on "${text}": it is neither HOST:PORT nor unix:/PATH`, { exitCode: 2 });
  return { host, port: Number(port) };
}
