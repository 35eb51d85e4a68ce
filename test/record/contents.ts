import { open } from 'node:fs/promises';
import { partsOf } from './parts.ts';
import { type Span, sumsOf } from './sum.ts';
import { type FileRecord, type Listing, short } from './types.ts';

/** Lists the contents of the archives and file systems of all images, each once. */
export class Contents {
  readonly listings = new Map<string, Listing>();
  readonly bundles = new Map<string, unknown>();
  readonly #seen = new Set<string>();

  /** Returns the checksums of a file and lists its contents recursively. */
  async add(span: Span): Promise<FileRecord> {
    const sums = await sumsOf(span);
    const key = short(sums.sha256);
    if (this.#seen.has(key)) return sums;
    this.#seen.add(key);
    const parts = await partsOf(span);
    if (!parts) return sums;
    const listing: Record<string, string> = {};
    for await (const { path, mode, facts, body } of parts) {
      const sum = body ? [body.bytes, short((await this.add(body)).sha256)] : [];
      const name = Object.hasOwn(listing, path) ? `${path} (again)` : path;
      listing[name] = [mode.toString(8), ...sum, ...(facts === '' ? [] : [facts])].join(' ');
      if (body && bundleFile.test(path)) await this.#addBundle(body, String(sum[1]));
    }
    this.listings.set(key, listing);
    return sums;
  }

  async #addBundle({ file, at, bytes }: Span, key: string): Promise<void> {
    await using opened = await open(file);
    const buffer = Buffer.alloc(bytes);
    await opened.read(buffer, 0, bytes, at);
    this.bundles.set(key, JSON.parse(buffer.toString()));
  }
}

const bundleFile = /(?:^|\/)containers\/[^/]+\/[^/]+\/(?:config|runtime)\.json$/;
