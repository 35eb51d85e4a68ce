import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { textEntry, writeTar } from '../../lib/archive/tar.ts';
import { openCache } from '../cache/cache.ts';
import type { Progress } from '../host/progress.ts';
import type { Work } from '../work.ts';
import type { BaseLayers } from './base-layers.ts';
import { PackageBuilder } from './builder.ts';

/**
 * A folder with packages and a cache, and small replacements for pkg/libs and the Node layer, so that tests
 * need no Debian mirror.
 */
export class Workshop {
  readonly dir: string;
  readonly lines: string[] = [];

  constructor(dir = mkdtempSync(join(tmpdir(), 'kit-packages-'))) {
    this.dir = dir;
    this.write('libs/build.yml', 'image: libs\n');
    this.write('libs/files/etc/libs', 'libs\n');
  }

  get work(): Work {
    const progress: Progress = {
      task: (_title, run) => run(() => {}),
      line: (text) => void this.lines.push(text),
    };
    const signal = new AbortController().signal;
    const cache = openCache(join(this.dir, 'cache'));
    return { cache, env: {}, signal, progress, arch: 'amd64', locked: false };
  }

  get baseLayers(): BaseLayers {
    return {
      libs: join(this.dir, 'libs'),
      nodeLayer: ({ cache }, icu) =>
        cache.scratch(async (scratch) => {
          const tar = join(scratch, 'layer.tar');
          await writeTar(tar, [
            textEntry('usr/bin/node', icu === 'full' ? 'node, all of it' : 'node', 0o755),
          ]);
          return cache.addFile(tar);
        }),
    };
  }

  /** A new builder, as in a new process: all its information comes from the cache. */
  builder(work = this.work): PackageBuilder {
    return new PackageBuilder(work, this.baseLayers);
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  copy(from: string, to: string): void {
    cpSync(this.path(from), this.path(to), { recursive: true });
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
