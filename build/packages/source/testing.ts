import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { emptyDebianLock, writeDebianLock } from '../../debian/lock-file.ts';
import { lockPackages } from '../../debian/locked-packages.ts';
import type { LockedPackage } from '../../debian/source.ts';
import { hostArch } from '../../host/arch.ts';
import { testWork } from '../../testing.ts';
import { resolvePackages } from '../../tools/apt/resolve.ts';
import { TestArchive } from '../../tools/apt/testing.ts';
import type { Work } from '../../work.ts';
import { buildSource } from '../definition/source-fields.ts';

const patch = `--- a/greeting
+++ b/greeting
@@ -1 +1 @@
-hello
+good morning
`;

/**
 * Packages that are built of a source package of a few lines, in an archive of the test's own, with Debian's
 * real tools, which have no compiler: shell scripts do.
 */
export class TinyPackages {
  readonly dir: string;
  readonly #archive: TestArchive;
  readonly #locked: LockedPackage[];
  /** How many there are. */
  turn = 0;

  static async make(): Promise<TinyPackages> {
    const dir = mkdtempSync(join(tmpdir(), 'kit-source-'));
    const archive = await TestArchive.make(dir);
    const one = {
      name: 'tiny',
      version: '1.0-1',
      files: { greeting: 'hello\n' },
      patches: { 'a.patch': patch },
    };
    const sources = await archive.publishSource(one, testWork());
    const { debian } = buildSource({ tools: [], run: [], files: {} });
    const lock = { source: debian, lockFile: join(dir, 'tools.lock.json'), resolve: resolvePackages };
    return new TinyPackages(dir, archive, [...(await lockPackages(lock, testWork())), ...sources]);
  }

  constructor(dir: string, archive: TestArchive, locked: LockedPackage[]) {
    this.dir = dir;
    this.#archive = archive;
    this.#locked = locked;
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** The variable that names the archive. */
  get env(): Record<string, string> {
    return { KIT_DEBIAN_SNAPSHOT: pathToFileURL(this.#archive.dir).href };
  }

  work(lines: string[] = []): Work {
    const progress = { task: testWork().progress.task, line: (text: string) => void lines.push(text) };
    return testWork({ env: { ...process.env, ...this.env }, progress, locked: true });
  }

  /** The folder of a package with these commands, which make the file `out`. */
  async add(run: readonly string[], more = '', script = ''): Promise<string> {
    this.turn += 1;
    const folder = join(this.dir, `package-${this.turn}`);
    mkdirSync(join(folder, 'src'), { recursive: true });
    writeFileSync(join(folder, 'src/suffix'), `, all ${this.turn}\n`);
    writeFileSync(join(folder, 'src/script'), script);
    const yml = { package: 'tiny', tools: [], run, files: { '/usr/bin/tiny': 'out' } };
    const fields = Object.entries(yml).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
    writeFileSync(join(folder, 'build.yml'), `image: tiny\nsource:\n${fields.join('')}${more}`);
    const lock = emptyDebianLock(buildSource(yml).debian);
    await writeDebianLock(join(folder, 'debian.lock.json'), lock, hostArch, this.#locked);
    return folder;
  }
}
