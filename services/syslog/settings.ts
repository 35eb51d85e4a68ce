import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { facilities } from './priority.ts';
import { readServer, type Server } from './server.ts';

export interface Settings {
  readonly server: Server;
  /** Files in PEM; read at each connect, so that they can be replaced. Without `ca`: Mozilla's authorities, as Node has them. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly facility: number;
  /** Bytes of a message. */
  readonly limit: number;
  /** Whether messages are numbered. */
  readonly sequence: boolean;
  /** The supervisor's control socket. */
  readonly socket: string;
  readonly stateDir: string;
}

/**
 * `syslog --server tls://HOST[:PORT] [--ca FILE] [--cert FILE --key FILE] [--facility NAME] [--max-size BYTES] [--sequence]`
 *
 * What no flag says is taken from the environment (SYSLOG_SERVER, SYSLOG_MAX_SIZE, …), then from the machine's metadata:
 * `server`, `facility`, `ca.pem`, `cert.pem`, `key.pem` in the folder of `--config-dir`.
 * @throws KitError on anything else, and without a server
 */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const values = parse(args);
  const folder = values['config-dir'];
  const said = (name: 'server' | 'facility' | 'ca' | 'cert' | 'key' | 'max-size'): string | undefined =>
    values[name] ?? env[`SYSLOG_${name.toUpperCase().replace('-', '_')}`];
  const text = (name: 'server' | 'facility'): string | undefined =>
    said(name) ?? readText(join(folder, name));
  const file = (name: 'ca' | 'cert' | 'key'): string | undefined =>
    said(name) ?? existing(join(folder, `${name}.pem`));
  const server = text('server');
  if (server === undefined) throw noServer(folder);
  const [cert, key] = [file('cert'), file('key')];
  if ((cert === undefined) !== (key === undefined))
    throw wrong('A certificate and its key (--cert, --key) go together');
  return {
    server: readServer(server),
    ca: file('ca'),
    cert,
    key,
    facility: readFacility(text('facility') ?? 'daemon'),
    limit: whole('max-size', said('max-size') ?? '8192', 480, 65_536),
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
    throw wrong(`Cannot read the arguments of syslog: ${reasonOf(error)}`);
  }
}

function readFacility(name: string): number {
  const number = facilities.get(name);
  if (number !== undefined) return number;
  throw wrong(`Unknown facility "${name}"`, `one of ${[...facilities.keys()].join(', ')}`);
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d{1,15}$/.test(text) && number >= least && number <= most) return number;
  throw wrong(`Cannot use --${name} "${text}": not a whole number from ${least} to ${most}`);
}

/** The text of a file of metadata; undefined when there is none. */
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
  wrong(
    'No server to send logs to',
    `--server tls://logs.example.org, SYSLOG_SERVER in env, or a file "server" in the machine's ${folder}`,
  );

const wrong = (message: string, hint?: string): KitError => new KitError(message, { exitCode: 2, hint });
