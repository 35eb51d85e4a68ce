import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createCleartextMessage, generateKey, type PrivateKey, sign } from 'openpgp';
import { textEntry } from '../../../lib/archive/tar.ts';
import type { LockedPackage } from '../../debian/source.ts';
import { debBytes } from '../../debian/testing.ts';
import type { Work } from '../../work.ts';
import { runTool } from '../command.ts';
import { toolsTree } from '../tree.ts';

/** A package of a test archive: its name, version, and what it depends on. */
export interface TestPackage {
  readonly name: string;
  readonly version: string;
  readonly depends?: string;
}

/** A Debian archive in a folder, signed with a key of its own. */
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

  /** Writes the packages and the signed lists of suite trixie; packages published before stay in the pool. */
  async publish(packages: readonly TestPackage[], work: Work): Promise<LockedPackage[]> {
    const locked: LockedPackage[] = [];
    const stanzas: string[] = [];
    for (const { name, version, depends } of packages) {
      const filename = `pool/main/${name}/${name}_${version}_${work.arch}.deb`;
      const fields = { Package: name, Version: version, Architecture: work.arch };
      const all = { ...fields, ...(depends ? { Depends: depends } : {}), Description: 'test' };
      const bytes = await debBytes(all, [textEntry(`usr/share/${name}`, version)]);
      this.#write(filename, bytes);
      const sums = { size: bytes.length, sha256: sha256(bytes) };
      locked.push({ name, version, architecture: work.arch, filename, ...sums });
      stanzas.push(stanza({ ...all, Filename: filename, Size: String(sums.size), SHA256: sums.sha256 }));
    }
    await this.#writeLists(stanzas.join('\n'), work);
    return locked;
  }

  /** Signs and writes a Release file. */
  async writeRelease(text: string): Promise<void> {
    const message = await createCleartextMessage({ text });
    this.#write('dists/trixie/InRelease', await sign({ message, signingKeys: this.#key }));
  }

  async #writeLists(list: string, work: Work): Promise<void> {
    const path = `main/binary-${work.arch}/Packages`;
    this.#write(`dists/trixie/${path}`, list);
    const tools = await toolsTree(work);
    await runTool(tools, 'xz', ['--force', '--keep', join(this.dir, 'dists/trixie', path)], work);
    const rows = [path, `${path}.xz`].map((name) => {
      const bytes = readFileSync(join(this.dir, 'dists/trixie', name));
      return ` ${sha256(bytes)} ${bytes.length} ${name}`;
    });
    await this.writeRelease(`Suite: stable\nCodename: trixie\nSHA256:\n${rows.join('\n')}\n`);
  }

  #write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), content);
  }
}

const stanza = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
