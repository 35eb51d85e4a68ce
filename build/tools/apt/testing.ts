import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createCleartextMessage, generateKey, type PrivateKey, sign } from 'openpgp';
import { type TarEntry, tarBytes, textEntry } from '../../../lib/archive/tar.ts';
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

/** A source package of a test archive. */
export interface TestSource {
  readonly name: string;
  /** `1.0-1` */
  readonly version: string;
  /** Files of upstream's, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Patches of Debian's, by name, in their order. */
  readonly patches?: Readonly<Record<string, string>>;
  readonly signer?: PrivateKey;
}

/** In the changelog of each source package; 1751371200 */
const testDate = 'Tue, 01 Jul 2025 12:00:00 +0000';

const packed = async (entries: readonly TarEntry[]): Promise<Buffer> =>
  gzipSync(Buffer.concat(await Array.fromAsync(tarBytes(entries))));

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

  /**
   * Writes a source package of one program, and the signed lists of its suite. Its files are an upstream
   * archive, a patch of Debian's and a .dsc, which is signed with the archive's key, or with `signer`.
   */
  async publishSource(
    { name, version, files = {}, patches = {}, signer = this.#key }: TestSource,
    work: Work,
    suite: TestSuite = 'trixie',
  ): Promise<LockedPackage[]> {
    const upstream = version.replace(/-[^-]*$/, '');
    const folder = `pool/${suite === 'trixie-security' ? 'updates/' : ''}main/${name}`;
    const series = Object.keys(patches).map((patch) => `${patch}\n`);
    const debian = [
      textEntry(
        'debian/changelog',
        `${name} (${version}) trixie; urgency=low\n\n -- A <a@b.c>  ${testDate}\n`,
      ),
      textEntry('debian/patches/series', series.join('')),
      ...Object.entries(patches).map(([patch, text]) => textEntry(`debian/patches/${patch}`, text)),
    ];
    const top = Object.entries(files).map(([path, text]) => textEntry(`${name}-${upstream}/${path}`, text));
    const archives = new Map([
      [`${name}_${upstream}.orig.tar.gz`, await packed(top)],
      [`${name}_${version}.debian.tar.gz`, await packed(debian)],
    ]);
    const table = [...archives].map(([file, bytes]) => ` ${sha256(bytes)} ${bytes.length} ${file}\n`);
    const head = `Format: 3.0 (quilt)\nSource: ${name}\nVersion: ${version}\n`;
    const message = await createCleartextMessage({ text: `${head}Checksums-Sha256:\n${table.join('')}` });
    const dsc = Buffer.from(await sign({ message, signingKeys: signer }));
    for (const [file, bytes] of archives) this.#write(suite, `${folder}/${file}`, bytes);
    this.#write(suite, `${folder}/${name}_${version}.dsc`, dsc);
    const rows = ` ${sha256(dsc)} ${dsc.length} ${name}_${version}.dsc\n${table.join('')}`;
    const stanzaText = `Package: ${name}\nVersion: ${version}\nDirectory: ${folder}\nChecksums-Sha256:\n${rows}`;
    const component = 'main';
    await this.#writeLists({ suite, component, index: 'source/Sources' }, stanzaText, work);
    for (const other of testSuites.filter((one) => one !== suite)) {
      const there = join(this.#dirOf(other), 'dists', other, component, 'source');
      if (!existsSync(there))
        await this.#writeLists({ suite: other, component, index: 'source/Sources' }, '', work);
    }
    const origin = suite === 'trixie-security' ? { suite } : {};
    const all = [[`${name}_${version}.dsc`, dsc] as const, ...archives];
    return all.map(([file, bytes]) => ({
      ...{ name: `src:${name}`, version, architecture: 'source', ...origin, filename: `${folder}/${file}` },
      ...{ size: bytes.length, sha256: sha256(bytes) },
    }));
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
    {
      suite,
      component,
      index,
    }: { readonly suite: TestSuite; readonly component: string; readonly index?: string },
    list: string,
    work: Work,
  ): Promise<void> {
    const path = `${component}/${index ?? `binary-${work.arch}/Packages`}`;
    const folder = join(this.#dirOf(suite), 'dists', suite);
    this.#write(suite, `dists/${suite}/${path}`, list);
    // Of Debian's own mirror, where this one may be the mirror of `work`.
    const tools = await toolsTree(testWork());
    await runTool(tools, 'xz', ['--force', '--keep', join(folder, path)], work);
    const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const rows = inside
      .filter((name) => /\/(?:Packages|Sources)(\.xz)?$/.test(name))
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
