import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { connectionReason, isTemporary, temporaryStatus } from '../../http/connection-reason.ts';
import { Http } from '../../http/http.ts';
import { shownUrl } from '../../manifest/fetch.ts';
import type { Work } from '../../work.ts';

/** The archive does not have the file. */
export class MissingFileError extends KitError {}

export interface RemoteFile {
  /** Address of an archive, without a trailing slash: `https://…`, `file:///…` */
  readonly archive: string;
  /** Below the archive: `pool/main/c/crun/crun_1.21-1_amd64.deb` */
  readonly path: string;
  /** The most bytes that are accepted. */
  readonly limit: number;
}

/** Fetches files of Debian archives; redirects are followed. Its connections are kept open until `close`. */
export class ArchiveClient {
  readonly #http: Http;
  readonly #signal: AbortSignal;

  constructor({ env, signal, sources }: Work) {
    this.#signal = signal;
    this.#http = new Http({ env, signal, certificates: sources?.certificates ?? [], idleMs: 20_000 });
  }

  close(): void {
    this.#http.close();
  }

  /** The bytes of the file. @throws MissingFileError, UnusableError */
  async *open(file: RemoteFile): AsyncGenerator<Buffer> {
    let size = 0;
    for await (const piece of this.#unbounded(file)) {
      size += piece.length;
      if (size > file.limit)
        throw new UnusableError(file, `it sends more than ${file.limit} bytes of "${file.path}"`);
      yield piece;
    }
  }

  async *#unbounded(file: RemoteFile): AsyncGenerator<Buffer> {
    const address = `${file.archive}/${file.path.split('/').map(encodeURIComponent).join('/')}`;
    if (!URL.canParse(address)) throw new UnusableError(file, 'that is not an address');
    const url = new URL(address);
    if (url.protocol === 'file:') return yield* localFile(file, url);
    const body = await this.#request(file, url);
    try {
      yield* body;
    } catch (thrown) {
      throw this.#failure(file, thrown);
    } finally {
      body.destroy();
    }
  }

  async #request(file: RemoteFile, first: URL): Promise<Body> {
    let url = first;
    for (let hops = 0; hops <= redirectLimit; hops += 1) {
      const { status, headers, body } = await this.#http
        .send({ method: 'GET', url })
        .catch((thrown: unknown) => {
          throw this.#failure(file, thrown);
        });
      if (status === 200) return body;
      body.destroy();
      if (status === 404 || status === 410) throw missing(file);
      const next =
        status >= 300 && status < 400 && headers.location ? URL.parse(headers.location, url) : null;
      if (!next || !/^https?:$/.test(next.protocol)) {
        throw new UnusableError(file, `it answered ${status} for "${file.path}"`, {
          temporary: temporaryStatus.has(status),
        });
      }
      url = next;
    }
    throw new UnusableError(file, `it redirects "${file.path}" more than ${redirectLimit} times`);
  }

  #failure(file: RemoteFile, thrown: unknown): unknown {
    if (this.#signal.aborted) return this.#signal.reason;
    return new UnusableError(file, connectionReason(thrown), {
      temporary: isTemporary(thrown),
      cause: thrown,
    });
  }
}

type Body = Awaited<ReturnType<Http['send']>>['body'];

const redirectLimit = 5;

async function* localFile(file: RemoteFile, url: URL): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(fileURLToPath(url));
  } catch (thrown) {
    throw codeOf(thrown) === 'ENOENT'
      ? missing(file)
      : new UnusableError(file, reasonOf(thrown), { cause: thrown });
  }
}

function missing({ archive, path }: RemoteFile): MissingFileError {
  return new MissingFileError(`Cannot fetch "${shownUrl(`${archive}/${path}`)}": it is not there`);
}

/** Repeats a download, twice at most, while it fails for a reason that may pass. */
export async function retried<T>(signal: AbortSignal, download: () => Promise<T>): Promise<T> {
  for (const delayMs of [500, 2000]) {
    try {
      return await download();
    } catch (thrown) {
      if (!(thrown instanceof UnusableError && thrown.temporary)) throw thrown;
      await sleep(delayMs, undefined, { signal });
    }
  }
  return download();
}

/** An archive that fails to give a file which it may well have. */
export class UnusableError extends KitError {
  readonly temporary: boolean;
  readonly reason: string;

  constructor(
    { archive }: Pick<RemoteFile, 'archive'>,
    reason: string,
    {
      temporary = false,
      cause,
      hint = '"kit config set debian.mirror" or KIT_DEBIAN_MIRROR names another mirror',
    }: { readonly temporary?: boolean; readonly cause?: unknown; readonly hint?: string } = {},
  ) {
    super(`Cannot use the Debian mirror "${shownUrl(archive)}": ${reason}`, { hint, cause });
    this.temporary = temporary;
    this.reason = reason;
  }
}
