import { type ChildProcess, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CraftedStack } from '../../../build/layers/testing/reference.ts';
import { toolCommand } from '../../../build/tools/command.ts';
import type { Tools } from '../../../build/tools/tree.ts';
import { type TarEntry, tarBytes, tarEntry } from '../../../lib/archive/tar.ts';
import { spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { until } from '../../support/until.ts';
import { writeLayer } from './differential.ts';
import { rows } from './rows.ts';

/** A containerd of its own, with the overlayfs snapshotter. Needs root. */
export class Containerd implements AsyncDisposable {
  /** Not below TMPDIR, whose path may be too long for a socket. */
  readonly #dir = mkdtempSync('/tmp/kit-containerd-');
  readonly #tools: Tools;
  readonly #process: ChildProcess;
  #images = 0;

  constructor(tools: Tools) {
    this.#tools = tools;
    const config = join(this.#dir, 'config.toml');
    writeFileSync(config, this.#config());
    const { file, args, env } = toolCommand(tools, 'containerd', ['--config', config, '--log-level', 'warn']);
    this.#process = spawnProgram(file, args, { env, stdio: 'ignore' });
  }

  static async start(tools: Tools): Promise<Containerd> {
    const containerd = new Containerd(tools);
    await until('the socket of containerd', () => existsSync(containerd.#socket));
    return containerd;
  }

  /** What a container of an image with these layers sees, or containerd's reason why there is none. */
  async show(stack: CraftedStack): Promise<ReadonlyMap<string, string> | string> {
    this.#images += 1;
    const name = `docker.io/me/x:${this.#images}`;
    const [archive, target] = [join(this.#dir, 'image.tar'), join(this.#dir, `m${this.#images}`)];
    writeFileSync(archive, await imageArchive(name, stack, this.#dir));
    mkdirSync(target);
    try {
      this.#ctr('image', 'import', archive);
      this.#ctr('image', 'mount', name, target);
    } catch (thrown) {
      return String(Object(thrown).stderr);
    }
    try {
      return new Map(rows(target, ''));
    } finally {
      this.#ctr('image', 'unmount', target);
    }
  }

  get #socket(): string {
    return join(this.#dir, 'c.sock');
  }

  #config(): string {
    const [root, state] = ['root', 'state'].map((name) => JSON.stringify(join(this.#dir, name)));
    const disabled = '["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]';
    return `version = 2
root = ${root}
state = ${state}
disabled_plugins = ${disabled}
[grpc]
address = ${JSON.stringify(this.#socket)}
`;
  }

  #ctr(...words: string[]): void {
    const { file, args, env } = toolCommand(this.#tools, 'ctr', ['--address', this.#socket, ...words]);
    execFileSync(file, args, { env, stdio: 'pipe' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    await until('the end of containerd', () => this.#process.signalCode !== null);
    rmSync(this.#dir, { recursive: true });
  }
}

async function imageArchive(name: string, stack: CraftedStack, dir: string): Promise<Buffer> {
  const blobs = new Map<string, Buffer>();
  const put = (bytes: Buffer, kind: string) => {
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    blobs.set(digest, bytes);
    return { mediaType: `application/vnd.oci.image.${kind}`, digest, size: bytes.length };
  };
  const json = (value: object, kind: string) => put(Buffer.from(JSON.stringify(value)), `${kind}+json`);
  const tars = await Promise.all(stack.map((entries, at) => writeLayer(dir, `${at}`, entries)));
  const layers = tars.map(({ path }) => put(readFileSync(path), 'layer.v1.tar'));
  const platform = { architecture: process.arch === 'arm64' ? 'arm64' : 'amd64', os: 'linux' };
  const diffIds = layers.map(({ digest }) => digest);
  const rootfs = { type: 'layers', diff_ids: diffIds };
  const config = json({ ...platform, config: {}, rootfs }, 'config.v1');
  const manifest = json({ schemaVersion: 2, config, layers }, 'manifest.v1');
  const annotations = { 'io.containerd.image.name': name };
  const index = { schemaVersion: 2, manifests: [{ ...manifest, platform, annotations }] };
  const entries = [
    textEntry('oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}')),
    textEntry('index.json', Buffer.from(JSON.stringify(index))),
    ...[...blobs].map(([digest, bytes]) => textEntry(`blobs/${digest.replace(':', '/')}`, bytes)),
  ];
  return Buffer.concat(await Array.fromAsync(tarBytes(entries)));
}

const textEntry = (path: string, bytes: Buffer): TarEntry =>
  tarEntry({ path, type: 'file', size: bytes.length, body: [bytes] });
