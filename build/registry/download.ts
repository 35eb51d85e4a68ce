import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open as openFile } from 'node:fs/promises';
import type { Descriptor } from '../../lib/oci/types.ts';
import { discard } from './body.ts';
import type { HttpResponse } from './http.ts';
import { connectionError, RegistryError } from './registry-error.ts';
import { type RetryOptions, retried } from './retry.ts';

export interface Download {
  readonly url: URL;
  /** Asks for the blob from this byte on. Status 206 or, from an absent-minded server, 200 with all of it. */
  readonly open: (from: number) => Promise<HttpResponse>;
  readonly blob: Pick<Descriptor, 'digest' | 'size'>;
  /** Made anew. */
  readonly file: string;
  readonly onBytes: (count: number) => void;
}

/** Brings the whole blob into the file, going on where a broken connection left off. @throws RegistryError */
export async function download(wanted: Download, retry: RetryOptions): Promise<void> {
  const file = await openFile(wanted.file, 'w');
  try {
    const arrival = new Arrival(wanted, file);
    await retried(
      () => arrival.more(),
      retry,
      () => arrival.got,
    );
    arrival.check();
  } finally {
    await file.close();
  }
}

class Arrival {
  got = 0;
  readonly #wanted: Download;
  readonly #file: FileHandle;
  #hash: Hash = createHash('sha256');

  constructor(wanted: Download, file: FileHandle) {
    this.#wanted = wanted;
    this.#file = file;
  }

  async more(): Promise<void> {
    const { url, blob } = this.#wanted;
    if (this.got === blob.size && this.got > 0) return;
    const answer = await this.#wanted.open(this.got);
    if (answer.status === 416 || !this.#continues(answer)) {
      if (answer.status !== 200) {
        discard(answer.body);
        if (this.got === 0) throw this.#wrong(`answered ${answer.status}`);
      }
      await this.#restart();
      if (answer.status !== 200) return this.more();
    }
    try {
      for await (const piece of answer.body as AsyncIterable<Buffer>) await this.#take(piece);
    } catch (thrown) {
      throw thrown instanceof RegistryError ? thrown : connectionError({ method: 'GET', url }, thrown);
    }
    if (this.got < blob.size)
      throw this.#wrong(`the connection ended after ${this.got} of ${blob.size} bytes`, true);
  }

  check(): void {
    const digest = `sha256:${this.#hash.digest('hex')}`;
    if (digest !== this.#wanted.blob.digest) throw this.#wrong(`its bytes have the digest "${digest}"`);
  }

  /** Whether the answer begins at the byte that we lack (RFC 9110, Content-Range). */
  #continues({ status, headers }: HttpResponse): boolean {
    if (status === 200) return this.got === 0;
    return Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1]) === this.got;
  }

  async #take(piece: Buffer): Promise<void> {
    const { blob, onBytes } = this.#wanted;
    if (this.got + piece.length > blob.size) throw this.#wrong(`more than its ${blob.size} bytes came`);
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
