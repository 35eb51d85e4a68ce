import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createCleartextMessage, generateKey, type PrivateKey, sign } from 'openpgp';
import { textEntry } from '../../../lib/archive/tar.ts';
import type { LockedPackage } from '../../debian/source.ts';
import { debBytes } from '../../debian/testing.ts';
import { testWork } from '../../testing.ts';
import type { Work } from '../../work.ts';
import { runTool } from '../command.ts';
import { toolsTree } from '../tree.ts';

/** A package of a test archive: its name, version, and what it depends on. */
export interface TestPackage {
  readonly name: string;
  readonly version: string;
  readonly depends?: string;
  /** The source package, where its name differs. */
  readonly source?: string;
}

/** A Debian archive in a folder and its security archive beside it, signed with a key of its own. */
export class TestArchive {
  readonly dir: string;
  readonly keyring: string;
  readonly #key: PrivateKey;

  /** Use `make`. */
  constructor(dir: string, key: PrivateKey) {
    this.dir = join(dir, 'archive');
    this.keyring = join(dir, 'keys.asc');
    this.#key = key;
  }

  /** Writes the key to `dir`; the archive itself is written by `publish`. */
  static async make(dir: string): Promise<TestArchive> {
    const { privateKey } = await generateKey({ userIDs: [{ name: 'Test archive' }], format: 'object' });
    const archive = new TestArchive(dir, privateKey);
    writeFileSync(archive.keyring, privateKey.toPublic().armor());
    return archive;
  }

  /**
   * Writes the packages and the signed lists of a suite; packages published before stay in the pool. The
   * other suites of trixie are empty until something is published there.
   */
  async publish(
    packages: readonly TestPackage[],
    work: Work,
    suite: TestSuite = 'trixie',
    component = 'main',
  ): Promise<LockedPackage[]> {
    const locked: LockedPackage[] = [];
    const stanzas: string[] = [];
    for (const { name, version, depends, source } of packages) {
      const pool = `pool/${suite === 'trixie-security' ? 'updates/' : ''}${component}`;
      const filename = `${pool}/${source ?? name}/${name}_${version}_${work.arch}.deb`;
      const fields = { Package: name, Version: version, Architecture: work.arch };
      const optional = { ...(source ? { Source: source } : {}), ...(depends ? { Depends: depends } : {}) };
      const all = { ...fields, ...optional, Description: 'test' };
      const bytes = await debBytes(all, [textEntry(`usr/share/${name}`, version)]);
      this.#write(suite, filename, bytes);
      const sums = { size: bytes.length, sha256: sha256(bytes) };
      const origin = suite === 'trixie-security' ? { suite } : {};
      locked.push({ name, version, architecture: work.arch, ...origin, filename, ...sums });
      stanzas.push(stanza({ ...all, Filename: filename, Size: String(sums.size), SHA256: sums.sha256 }));
    }
    await this.#writeLists({ suite, component }, stanzas.join('\n'), work);
    for (const other of testSuites) {
      const folder = join(this.#dirOf(other), 'dists', other, component);
      if (!existsSync(folder)) await this.#writeLists({ suite: other, component }, '', work);
    }
    return locked;
  }

  /** Signs a suite's Release file again, with these fields before its own. */
  async resign(suite: TestSuite, fields: string): Promise<void> {
    const release = readFileSync(join(this.#dirOf(suite), 'dists', suite, 'Release'), 'utf8');
    await this.#sign(suite, `${fields}${release}`);
  }

  /** The folder of the archive that has the suite. */
  #dirOf(suite: TestSuite): string {
    return suite === 'trixie-security' ? `${this.dir}-security` : this.dir;
  }

  async #writeLists(
    { suite, component }: { readonly suite: TestSuite; readonly component: string },
    list: string,
    work: Work,
  ): Promise<void> {
    const path = `${component}/binary-${work.arch}/Packages`;
    const folder = join(this.#dirOf(suite), 'dists', suite);
    this.#write(suite, `dists/${suite}/${path}`, list);
    // Of Debian's own mirror, where this one may be the mirror of `work`.
    const tools = await toolsTree(testWork());
    await runTool(tools, 'xz', ['--force', '--keep', join(folder, path)], work);
    const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const rows = inside
      .filter((name) => /\/Packages(\.xz)?$/.test(name))
      .map((name) => {
        const bytes = readFileSync(join(folder, name));
        return ` ${sha256(bytes)} ${bytes.length} ${name}`;
      });
    // The security archive names its components so.
    const components = suite === 'trixie-security' ? 'updates/main' : 'main';
    const release = `Suite: ${suite.replace('trixie', 'stable')}\nCodename: ${suite}\nComponents: ${components}\nSHA256:\n${rows.join('\n')}\n`;
    this.#write(suite, `dists/${suite}/Release`, release);
    await this.#sign(suite, release);
  }

  async #sign(suite: TestSuite, text: string): Promise<void> {
    const message = await createCleartextMessage({ text });
    this.#write(suite, `dists/${suite}/InRelease`, await sign({ message, signingKeys: this.#key }));
  }

  #write(suite: TestSuite, path: string, content: string | Uint8Array): void {
    const file = join(this.#dirOf(suite), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

const testSuites = ['trixie', 'trixie-updates', 'trixie-security'] as const;

export type TestSuite = (typeof testSuites)[number];

const stanza = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
