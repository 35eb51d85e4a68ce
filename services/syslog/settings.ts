import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
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
  const values = parse(args);
  const folder = values['config-dir'];
  const flagOrEnv = (name: 'server' | 'facility' | 'ca' | 'cert' | 'key' | 'max-size'): string | undefined =>
    values[name] ?? env[`SYSLOG_${name.toUpperCase().replace('-', '_')}`];
  const text = (name: 'server' | 'facility'): string | undefined =>
    flagOrEnv(name) ?? readText(join(folder, name));
  const file = (name: 'ca' | 'cert' | 'key'): string | undefined =>
    flagOrEnv(name) ?? existing(join(folder, `${name}.pem`));
  const server = text('server');
  if (server === undefined) throw noServer(folder);
  const [cert, key] = [file('cert'), file('key')];
  if ((cert === undefined) !== (key === undefined))
    throw usageError('A certificate and its key (--cert, --key) go together');
  return {
    server: readServer(server),
    ca: file('ca'),
    cert,
    key,
    facility: readFacility(text('facility') ?? 'daemon'),
    limit: whole('max-size', flagOrEnv('max-size') ?? '8192', 480, 65_536),
    sequence: values.sequence || env.SYSLOG_SEQUENCE === 'true',
    socket: values.socket,
    stateDir: values['state-dir'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        server: { type: 'string' },
        ca: { type: 'string' },
        cert: { type: 'string' },
        key: { type: 'string' },
        facility: { type: 'string' },
        'max-size': { type: 'string' },
        sequence: { type: 'boolean', default: false },
        'config-dir': { type: 'string', default: '/run/config/syslog' },
        'state-dir': { type: 'string', default: '/run/syslog' },
        socket: { type: 'string', default: guestPaths.readSocket },
      },
    }).values;
  } catch (error) {
    throw usageError(`Cannot read the arguments of syslog: ${reasonOf(error)}`);
  }
}

function readFacility(name: string): number {
  const number = facilities.get(name);
  if (number !== undefined) return number;
  throw usageError(`Unknown facility "${name}"`, `one of ${[...facilities.keys()].join(', ')}`);
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d{1,15}$/.test(text) && number >= least && number <= most) return number;
  throw usageError(`Cannot use --${name} "${text}": not a whole number from ${least} to ${most}`);
}

/** The text of a metadata file; undefined when it is missing or empty. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return undefined;
    throw thrown;
  }
}

const existing = (path: string): string | undefined => (readText(path) === undefined ? undefined : path);

const noServer = (folder: string): KitError =>
  usageError(
    'No server to send logs to',
    `--server tls://logs.example.org, SYSLOG_SERVER in env, or a file "server" in the machine's ${folder}`,
  );

const usageError = (message: string, hint?: string): KitError => new KitError(message, { exitCode: 2, hint });
