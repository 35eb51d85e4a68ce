import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open as openFile } from 'node:fs/promises';
import type { Descriptor } from '../../lib/oci/types.ts';
import type { HttpResponse } from '../http/http.ts';
import { discard } from './body.ts';
import { connectionError, RegistryError } from './registry-error.ts';
import { type RetryOptions, retried } from './retry.ts';

export interface Download {
  readonly url: URL;
  /** Requests the blob from this byte on. Status 206, or 200 and the whole blob if ranges are unsupported. */
  readonly open: (from: number) => Promise<HttpResponse>;
  readonly blob: Pick<Descriptor, 'digest' | 'size'>;
  /** Created or truncated. */
  readonly file: string;
  /** Called with the number of new bytes; negative when the download starts again. */
  readonly onBytes: (count: number) => void;
}

/**
 * Downloads a blob into the file, resuming after a broken connection, and verifies it. @throws RegistryError
 */
export async function download(wanted: Download, retry: RetryOptions): Promise<void> {
  const file = await openFile(wanted.file, 'w');
  try {
    const transfer = new Transfer(wanted, file);
    await retried(
      () => transfer.resume(),
      retry,
      () => transfer.got,
    );
    transfer.verify();
  } finally {
    await file.close();
  }
}

class Transfer {
  got = 0;
  readonly #wanted: Download;
  readonly #file: FileHandle;
  #hash: Hash = createHash('sha256');

  constructor(wanted: Download, file: FileHandle) {
    this.#wanted = wanted;
    this.#file = file;
  }

  async resume(): Promise<void> {
    const { url, blob } = this.#wanted;
    if (this.got === blob.size && this.got > 0) return;
    const response = await this.#wanted.open(this.got);
    if (response.status === 416 || !this.#continues(response)) {
      if (response.status !== 200) {
        discard(response.body);
        if (this.got === 0) throw this.#wrong(`answered ${response.status}`);
      }
      await this.#restart();
      if (response.status !== 200) return this.resume();
    }
    try {
      for await (const piece of response.body as AsyncIterable<Buffer>) await this.#append(piece);
    } catch (thrown) {
      throw thrown instanceof RegistryError ? thrown : connectionError({ method: 'GET', url }, thrown);
    }
    if (this.got < blob.size)
      throw this.#wrong(`the connection ended after ${this.got} of ${blob.size} bytes`, true);
  }

  verify(): void {
    const digest = `sha256:${this.#hash.digest('hex')}`;
    if (digest !== this.#wanted.blob.digest) throw this.#wrong(`its bytes have the digest "${digest}"`);
  }

  /** Whether the response begins at the first missing byte (RFC 9110, Content-Range). */
  #continues({ status, headers }: HttpResponse): boolean {
    if (status === 200) return this.got === 0;
    return Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1]) === this.got;
  }

  async #append(piece: Buffer): Promise<void> {
    const { blob, onBytes } = this.#wanted;
    if (this.got + piece.length > blob.size)
      throw this.#wrong(`it sent more than the blob's ${blob.size} bytes`);
    this.#hash.update(piece);
    for (let done = 0; done < piece.length; ) {
      done += (await this.#file.write(piece, done, piece.length - done, this.got + done)).bytesWritten;
    }
    this.got += piece.length;
    onBytes(piece.length);
  }

  async #restart(): Promise<void> {
    this.#wanted.onBytes(-this.got);
    this.got = 0;
    this.#hash = createHash('sha256');
    await this.#file.truncate(0);
  }

  #wrong(reason: string, temporary = false): RegistryError {
    return new RegistryError({ method: 'GET', url: this.#wanted.url }, reason, { temporary });
  }
}
