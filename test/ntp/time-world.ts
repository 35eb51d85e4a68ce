import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tools } from '../../build/tools/tree.ts';
import type { Status } from '../../services/ntp/files/status-file.ts';
import { type NetworkProgram, NetworkWorld } from '../network/world.ts';

/** Addresses of servers, in the server's namespace. */
export const addresses = Array.from({ length: 11 }, (_, at) => `10.1.0.${at + 1}`);

/** A machine whose clock is only computed, and servers of time, in namespaces of their own. */
export class TimeWorld {
  readonly network: NetworkWorld;
  readonly #chrony: Tools;

  constructor(network: NetworkWorld, chrony: Tools) {
    this.network = network;
    this.#chrony = chrony;
  }

  static async make(tools: Tools, chrony: Tools): Promise<TimeWorld> {
    const network = await NetworkWorld.make(tools);
    await network.cable(
      'eth0',
      'srv',
      addresses.map((address) => `${address}/24`),
    );
    await network.ip('client', 'addr add 10.1.0.99/24 dev eth0');
    await network.ip('client', 'link set eth0 up');
    return new TimeWorld(network, chrony);
  }

  end(): Promise<void> {
    return this.network.end();
  }

  /** The path of a file of this world. */
  file(name: string): string {
    return join(this.network.folder, name);
  }

  /** A real server, which leaves the clock of its host alone (-x). @param more lines of its configuration */
  async chronyd(address: string, ...more: readonly string[]): Promise<NetworkProgram> {
    const config = this.file(`chrony-${address}.conf`);
    const lines = ['local stratum 2', 'allow', 'cmdport 0', `bindaddress ${address}`, 'bindcmdaddress /'];
    writeFileSync(config, `${[...lines, `pidfile ${config}.pid`, ...more].join('\n')}\n`);
    const server = this.network.tool('server', this.#chrony, 'chronyd', [
      '-d',
      '-x',
      '-u',
      'root',
      '-f',
      config,
    ]);
    await server.prints(/chronyd version/);
    return server;
  }

  /** Starts `program` of this folder beside the servers, once for all of `servers`. */
  async bad(program: string, ...servers: readonly string[]): Promise<NetworkProgram> {
    const server = this.network.node('server', [], `test/ntp/${program}.ts`, servers);
    await server.prints(/serves/, servers.length);
    return server;
  }

  /** @param ahead see client.ts */
  client(ahead: number | string, ...args: readonly string[]): NetworkProgram {
    const { folder } = this.network;
    return this.network.node('client', ['--bounding-set=-all', '--inh-caps=-all'], 'test/ntp/client.ts', [
      ...[String(ahead), '--run-dir', folder, '--lease-dir', folder],
      ...['--metadata-file', this.file('servers'), ...args],
    ]);
  }

  status(): Status {
    return JSON.parse(readFileSync(this.file('status.json'), 'utf8'));
  }

  isReady(): boolean {
    try {
      return readFileSync(this.file('ready')).length === 0;
    } catch {
      return false;
    }
  }
}

/** Arguments that name servers. */
export const servers = (...hosts: readonly string[]): string[] => hosts.flatMap((host) => ['--server', host]);
