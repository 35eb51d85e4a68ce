import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeOwned } from '../../build/container/folders/remove-owned.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { testWork } from '../../build/testing.ts';
import { freePort } from '../support/free-port.ts';
import { type Result, run } from '../support/run-kit.ts';

/** The example with three etcd machines, in a folder and with a state of its own. */
export class EtcdWorld implements AsyncDisposable {
  readonly dir: string;
  readonly port: number;

  constructor(dir: string, port: number) {
    this.dir = dir;
    this.port = port;
  }

  static async make(): Promise<EtcdWorld> {
    const dir = await mkdtemp(join(tmpdir(), 'kit-etcd-'));
    await cp(join(kitRoot, 'examples/etcd.yml'), join(dir, 'etcd.yml'));
    await cp(join(kitRoot, 'examples/etcd'), join(dir, 'etcd'), { recursive: true });
    const world = new EtcdWorld(dir, await freePort());
    await world.edit('etcd/cluster.yml', ':2379:2379', `:${world.port}:2379`);
    return world;
  }

  /** kit in the folder of the cluster's file. */
  kit(...args: readonly string[]): Promise<Result> {
    const cwd = join(this.dir, 'etcd');
    return run('env', [`KIT_STATE=${join(this.dir, 'state')}`, join(kitRoot, 'kit'), '-q', ...args], { cwd });
  }

  /** Replaces a text in a file, which has it. */
  async edit(file: string, text: string, by: string): Promise<void> {
    const path = join(this.dir, file);
    const before = await readFile(path, 'utf8');
    if (!before.includes(text)) throw new Error(`${file} has no ${text}`);
    await writeFile(path, before.replace(text, by));
  }

  /** etcdctl in a machine; its output. */
  async etcdctl(machine: string, ...args: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await this.kit('exec', machine, 'etcd', 'etcdctl', ...args);
    if (status !== 0) throw new Error(`etcdctl ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kit('down', '--disks', '--timeout', '5', 'etcd');
    await removeOwned(this.dir, testWork());
  }
}
