import { join } from 'node:path';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { metadataText, readArguments, type Table } from '../../lib/service/service.ts';
import { facilities } from './priority.ts';
import { readServer, type ServerAddress } from './server-address.ts';

export interface Settings {
  readonly server: ServerAddress;
  /**
   * Paths of PEM files, read at each connect, so that they can be replaced. Without `ca`: the authorities of
   * Mozilla that Node includes.
   */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly facility: number;
  /** Maximum bytes of a message. */
  readonly limit: number;
  /** Whether messages are numbered. */
  readonly sequence: boolean;
  /** The supervisor's control socket. */
  readonly socket: string;
  readonly stateDir: string;
}

/**
 * Reads the settings from flags:
 *
 *     syslog --server tls://HOST[:PORT] [--ca FILE] [--cert FILE --key FILE] [--facility NAME]
 *       [--max-size BYTES] [--sequence]
 *
 * Missing flags are taken from the environment (SYSLOG_SERVER, SYSLOG_MAX_SIZE, …), then from the machine's
 * metadata: `server`, `facility`, `ca.pem`, `cert.pem`, `key.pem` in the folder of `--config-dir`.
 * @throws KitError on anything else, and without a server.
 */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const { configDir, stateDir, socket } = readArguments(table, { args, env, folder: nowhere });
  const values = readArguments(table, { args, env, folder: configDir });
  const file = (name: 'ca' | 'cert' | 'key'): string | undefined => {
    if (values[name] !== undefined) return values[name];
    return metadataText(`${name}.pem`, configDir) === undefined ? undefined : join(configDir, `${name}.pem`);
  };
  if (values.server === undefined) throw noServer(configDir);
  const [cert, key] = [file('cert'), file('key')];
  if ((cert === undefined) !== (key === undefined))
    throw usageError('A certificate and its key (--cert, --key) go together');
  return {
    ...{ server: readServer(values.server), ca: file('ca'), cert, key },
    facility: readFacility(values.facility),
    limit: values.maxSize,
    sequence: values.sequence,
    ...{ socket, stateDir },
  };
}

/** Metadata is read once its folder is known. */
const nowhere = '/nonexistent';

const table = {
  server: { type: 'string', env: 'SYSLOG_SERVER', metadata: 'server' },
  ca: { type: 'string', env: 'SYSLOG_CA' },
  cert: { type: 'string', env: 'SYSLOG_CERT' },
  key: { type: 'string', env: 'SYSLOG_KEY' },
  facility: { type: 'string', env: 'SYSLOG_FACILITY', metadata: 'facility', default: 'daemon' },
  maxSize: { type: 'integer', min: 480, max: 65_536, env: 'SYSLOG_MAX_SIZE', default: 8192 },
  sequence: { type: 'boolean', env: 'SYSLOG_SEQUENCE' },
  configDir: { type: 'string', default: '/run/config/syslog' },
  stateDir: { type: 'string', default: '/run/syslog' },
  socket: { type: 'string', default: guestPaths.readSocket },
} as const satisfies Table;

function readFacility(name: string): number {
  const number = facilities.get(name);
  if (number !== undefined) return number;
  throw usageError(`Unknown facility "${name}"`, `one of ${[...facilities.keys()].join(', ')}`);
}

const noServer = (folder: string): KitError =>
  usageError(
    'No server to send logs to',
    `--server tls://logs.example.org, SYSLOG_SERVER in env, or a file "server" in the machine's ${folder}`,
  );

const usageError = (message: string, hint?: string): KitError => new KitError(message, { exitCode: 2, hint });
