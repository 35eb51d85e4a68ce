import { execFile } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from '../../build/cache/file-lock.ts';
import { cacheDir, kitRoot } from '../../build/host/paths.ts';
import { testWork } from '../../build/testing.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { type Needs, needs } from '../support/needs.ts';

/** `npm pack` writes dist/. */
export const needsPacking: Needs = needs('a checkout that can be written to, for npm pack', isWritable());

function isWritable(): boolean {
  try {
    accessSync(kitRoot, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A file of the archive, as `npm pack --json` lists it. */
export interface PackedFile {
  readonly path: string;
  readonly size: number;
}

const exec = promisify(execFile);

/**
 * The archive that `npm pack` makes of this checkout, and commands in folders without a checkout: with a home
 * and a cache of their own, which only shares the downloaded tools.
 */
export class PackedKit {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit npm ü '));
  archive = '';
  bytes = 0;
  files: readonly PackedFile[] = [];

  static async make(): Promise<PackedKit> {
    await toolsTree(testWork());
    const packed = new PackedKit();
    // Two at once would take dist/ away from each other.
    const { stdout } = await withLock(join(kitRoot, 'node_modules/.kit-pack'), {}, () =>
      exec('npm', ['pack', '--json', '--pack-destination', packed.dir], { cwd: kitRoot, maxBuffer: 1 << 24 }),
    );
    const [made] = JSON.parse(stdout) as { filename: string; size: number; files: PackedFile[] }[];
    if (!made) throw new Error('npm pack made nothing');
    packed.archive = join(packed.dir, made.filename);
    packed.bytes = made.size;
    packed.files = made.files;
    const shared = cacheDir(process.env);
    mkdirSync(packed.cache);
    for (const name of ['tools', 'debs']) symlinkSync(join(shared, name), join(packed.cache, name));
    return packed;
  }

  get cache(): string {
    return join(this.dir, 'cache');
  }

  /** An empty folder. */
  folder(name: string): string {
    const path = join(this.dir, name);
    mkdirSync(path);
    return path;
  }

  /** Runs a program there; rejects if it fails. */
  async run(cwd: string, file: string, ...args: string[]): Promise<string> {
    const options = { cwd, env: this.environment(), maxBuffer: 1 << 24 };
    const { stdout } = await exec(file, args, options).catch((thrown: Error & { stdout?: string }) => {
      thrown.message += `\n${thrown.stdout}`;
      throw thrown;
    });
    return stdout;
  }

  /** Without what npm and vitest have set for this process; npm's registry and cache stay. */
  environment(): Record<string, string> {
    const kept = Object.entries(process.env).filter(([name]) =>
      /^(?:https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|KIT_DEBIAN_(?:MIRROR|SECURITY))$/i.test(name),
    );
    return {
      ...(Object.fromEntries(kept) as Record<string, string>),
      PATH: pathWithoutCheckout(),
      HOME: this.dir,
      KIT_CACHE: this.cache,
      KIT_STATE: join(this.dir, 'state'),
      ...(process.env.npm_config_registry && { npm_config_registry: process.env.npm_config_registry }),
      npm_config_cache: process.env.npm_config_cache ?? join(process.env.HOME ?? '/root', '.npm'),
      npm_config_prefer_offline: 'true',
    };
  }
}

/** `npx vitest` puts the checkout's programs first, the pinned Node among them. */
const pathWithoutCheckout = (): string =>
  (process.env.PATH ?? '')
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .join(':');
