import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { toolCommand } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/tree.ts';
import { Authority } from '../support/certificates.ts';
import { freePort } from '../support/free-port.ts';
import { syslogTools } from './tools.ts';

/** A message as parsed by rsyslog. */
export interface ReceivedMessage {
  readonly pri: string;
  readonly host: string;
  readonly app: string;
  readonly procid: string;
  readonly msgid: string;
  readonly data: string;
  readonly time: string;
  readonly msg: string;
}

const triplets = { amd64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' } as const;

/** rsyslog's template: one JSON object per line. */
const template = [
  'pri',
  'hostname:host',
  'app-name:app',
  'procid',
  'msgid',
  'structured-data:data',
  'timereported:time',
  'msg',
]
  .map((field) => {
    const [property = '', name = property] = field.split(':');
    const date = property === 'timereported' ? ' dateFormat="rfc3339"' : '';
    return `property(name="${property}" outname="${name}" format="jsonf"${date})`;
  })
  .join(' constant(value=",") ');

/**
 * Debian's rsyslog on two free ports: plain TCP, and TLS that requires a client certificate of its authority.
 */
export class SyslogServer {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit-rsyslog-'));
  readonly tcpPort: number;
  readonly tlsPort: number;
  readonly #tools: Tools;
  #child: ChildProcess | undefined;
  #output = '';

  constructor(tools: Tools, tcpPort: number, tlsPort: number) {
    this.#tools = tools;
    this.tcpPort = tcpPort;
    this.tlsPort = tlsPort;
  }

  /** `names` are those of the server's certificate. */
  static async make(names = 'DNS:localhost'): Promise<SyslogServer> {
    const server = new SyslogServer(await syslogTools(), await freePort(), await freePort());
    const authority = await Authority.make(server.#tools, server.dir);
    await authority.sign('server', names);
    await authority.sign('client');
    await (await Authority.make(server.#tools, server.dir, 'stranger')).sign('foreign');
    writeFileSync(join(server.dir, 'rsyslog.conf'), server.#config());
    await server.start();
    return server;
  }

  /** The path of a file of its folder: `ca.pem`, `client.pem`, `client.key`, … */
  file(name: string): string {
    return join(this.dir, name);
  }

  async start(): Promise<void> {
    const modules = join(this.#tools.dir, `usr/lib/${triplets[this.#tools.arch]}/rsyslog`);
    const args = ['-n', '-i', this.file('pid'), '-f', this.file('rsyslog.conf'), '-M', modules];
    const { file, args: all, env } = toolCommand(this.#tools, 'rsyslogd', args);
    const child = spawn(file, all, {
      env: { ...env, OPENSSL_CONF: '/dev/null' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    while (!((await reachable(this.tcpPort)) && (await reachable(this.tlsPort)))) {
      if (child.exitCode !== null) throw new Error(`rsyslogd exited: ${this.#output}`);
      await pause(50);
    }
  }

  /** Stops it with SIGTERM, on which it writes all received messages. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  received(): ReceivedMessage[] {
    return readText(this.file('received'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  /** The texts of one source's messages. */
  messages(app: string): string[] {
    return this.received()
      .filter((one) => one.app === app)
      .map(({ msg }) => msg);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  #config(): string {
    const tls = [
      'StreamDriver.Name="ossl"',
      'StreamDriver.Mode="1"',
      'StreamDriver.AuthMode="x509/certvalid"',
    ];
    return `global(workDirectory="${this.dir}" maxMessageSize="64k"
  parser.escapeControlCharactersOnReceive="off"
  defaultNetstreamDriverCAFile="${this.file('ca.pem')}"
  defaultNetstreamDriverCertFile="${this.file('server.pem')}"
  defaultNetstreamDriverKeyFile="${this.file('server.key')}")
module(load="imtcp")
template(name="json" type="list") { constant(value="{") ${template} constant(value="}\\n") }
ruleset(name="all") { action(type="omfile" file="${this.file('received')}" template="json") }
input(type="imtcp" address="127.0.0.1" port="${this.tcpPort}" ruleset="all")
input(type="imtcp" address="127.0.0.1" port="${this.tlsPort}" ruleset="all" ${tls.join(' ')})
`;
  }
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // No message has been received yet.
    return '';
  }
};

function reachable(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
