import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type Client } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import type { Settings } from '../arguments.ts';
import { type HostKey, hostKeys, readablePair } from '../host-keys.ts';
import { SshListener } from '../listener.ts';
import { wire } from './wire.ts';

export interface Line {
  readonly action: string;
  readonly result: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** kit's sshd in this process, with connections in memory and one authorised key. */
export class MemoryServer implements Disposable {
  readonly lines: Line[] = [];
  readonly dir: string;
  readonly #key = readablePair(() => ssh2.utils.generateKeyPairSync('ed25519')).pair;
  readonly #listener: SshListener;

  /** @param options of the key in authorized_keys */
  static async start(settings: Partial<Settings> = {}, options = ''): Promise<MemoryServer> {
    const dir = mkdtempSync(join(tmpdir(), 'kit-sshd-'));
    return new MemoryServer(dir, await hostKeys(join(dir, 'keys'), () => {}), settings, options);
  }

  constructor(dir: string, keys: readonly HostKey[], settings: Partial<Settings>, options: string) {
    this.dir = dir;
    const authorizedKeys = join(dir, 'authorized_keys');
    writeFileSync(authorizedKeys, `${options} ${this.#key.public}\n`, { mode: 0o600 });
    const all: Settings = {
      ...defaults,
      hostKeys: dir,
      home: dir,
      authorizedKeys: [authorizedKeys],
      ...settings,
    };
    this.#listener = new SshListener(
      all,
      keys,
      () => {},
      (action, result, fields = {}) => this.lines.push({ action, result, fields }),
    );
  }

  /** The authorised key. */
  get privateKey(): string {
    return this.#key.private;
  }

  /** A connection, before a byte is sent. */
  connect(address?: string): ReturnType<typeof wire> {
    const ends = wire(address);
    this.#listener.accept(ends.server);
    return ends;
  }

  /**
   * ssh2's client on a connection; resolves once it has logged in, or has exchanged keys. From then on it
   * only records the names of the messages that it gets.
   */
  async client(until: 'ready' | 'handshake' = 'ready', address?: string) {
    const ends = this.connect(address);
    const ssh: Client = new ssh2.Client();
    ssh.on('error', () => {});
    const arrived = new Promise<void>((resolve, reject) => {
      ssh.once(until as 'ready', () => resolve());
      ssh.once('close', () => reject(new Error(`closed: ${JSON.stringify(this.lines)}`)));
    });
    // Without a key it tries `none` and leaves.
    const login = until === 'ready' ? { privateKey: this.privateKey } : { authHandler: () => {} };
    ssh.connect({ sock: ends.client, username: 'root', ...login } as never);
    await arrived;
    return { ssh, got: recordMessages(ssh), ...ends };
  }

  [Symbol.dispose](): void {
    this.#listener.close();
    rmSync(this.dir, { recursive: true });
  }
}

function recordMessages(ssh: Client): string[] {
  const { _protocol: protocol } = ssh as Client & { readonly _protocol: Protocol };
  const got: string[] = [];
  for (const name of Object.keys(protocol._handlers)) {
    protocol._handlers[name] = () => got.push(name);
  }
  return got;
}

const defaults = {
  port: 0,
  listen: undefined,
  trustedUserCa: [],
  user: 'root',
  shell: '/bin/sh',
  loginGraceMs: 60_000,
  startups: { begin: 32, rate: 30, full: 100, perSource: 24 },
  penalties: false,
};
