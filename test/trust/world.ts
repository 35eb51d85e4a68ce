import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { RegistryClient } from '../../build/registry/client.ts';
import { runTool } from '../../build/tools/command.ts';
import { type MadeImage, makeImage, makeIndex, oddLayers, pushMade } from '../registry/images.ts';
import { runKit } from '../registry/kit.ts';
import { startRegistry, type TestRegistry } from '../registry/real-registry.ts';
import { registryTools } from '../registry/tools.ts';
import { cosignTools } from './tools.ts';

/** Of the keys in these tests. */
export const password = 'correct horse';

/** A registry, a folder with keys and policies, and kit, cosign and skopeo as their users run them. */
export class TrustWorld {
  readonly dir: string;
  readonly registry: TestRegistry;
  #caches = 0;

  static async make(): Promise<TrustWorld> {
    return new TrustWorld(await startRegistry());
  }

  constructor(registry: TestRegistry) {
    this.registry = registry;
    this.dir = mkdtempSync(join(tmpdir(), 'kit-trust-'));
  }

  async stop(): Promise<void> {
    await this.registry.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  name(path: string): string {
    return `${this.registry.host}/${path}`;
  }

  write(name: string, content: string): string {
    writeFileSync(join(this.dir, name), content);
    return join(this.dir, name);
  }

  read(name: string): string {
    return readFileSync(join(this.dir, name), 'utf8');
  }

  /** An empty cache. */
  cache(): string {
    this.#caches += 1;
    return join(this.dir, `cache-${this.#caches}`);
  }

  kit(args: readonly string[], env: Record<string, string> = {}, stdin?: Readable): Promise<string> {
    const own = { HOME: this.dir, KIT_CACHE: join(this.dir, 'cache'), KIT_KEY_PASSWORD: password };
    return runKit(args, this.dir, { ...own, ...env }, stdin).then(String);
  }

  async cosign(...args: string[]): Promise<string> {
    const env = {
      HOME: this.dir,
      COSIGN_PASSWORD: password,
      COSIGN_YES: 'true',
      TUF_ROOT: join(this.dir, 'tuf'),
    };
    return (await this.#run(await cosignTools(), 'cosign', args, env)).stdout;
  }

  async skopeo(...args: string[]): Promise<string> {
    return (
      await this.#run(await registryTools(), 'skopeo', ['--tmpdir', this.dir, ...args], { HOME: this.dir })
    ).stdout;
  }

  async openssl(...args: string[]): Promise<string> {
    return (await this.#run(await registryTools(), 'openssl', args, {})).stdout;
  }

  #run(tools: Parameters<typeof runTool>[0], name: string, args: string[], env: Record<string, string>) {
    return runTool(tools, name, args, { signal: new AbortController().signal, cwd: this.dir, env });
  }

  client(): RegistryClient {
    const { signal } = new AbortController();
    return new RegistryClient({
      env: { HOME: this.dir },
      certificates: [],
      mirrors: [],
      signal,
      delaysMs: [],
    });
  }

  /** Pushes an image, or an index of two with `arches`. Resolves to its digest. */
  async push(
    path: string,
    mark: string,
    { arches = ['amd64'] }: { arches?: readonly string[] } = {},
  ): Promise<string> {
    const [lower, upper] = await oddLayers();
    const images = arches.map((arch) =>
      makeImage({ arch, layers: [{ tar: lower }, { tar: upper }], config: { Env: [`MARK=${mark}`] } }),
    );
    const [first] = images as [MadeImage];
    const made = images.length > 1 ? makeIndex(images) : first;
    const client = this.client();
    await pushMade(this.name(path), made, client);
    client.close();
    return made.descriptor.digest;
  }
}
