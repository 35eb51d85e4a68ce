import { createHash } from 'node:crypto';
import { type Descriptor, type Digest, dockerTypes, mediaTypes } from '../../lib/oci/types.ts';
import type { RegistryMirror } from '../work/work.ts';
import { bodyOf, discard } from './body.ts';
import { credentialsFor } from './credentials.ts';
import { download } from './download.ts';
import { Http, type HttpOptions } from './http.ts';
import { isLoopback, type Reference } from './reference.ts';
import { RegistryError } from './registry-error.ts';
import { defaultDelaysMs, retried } from './retry.ts';
import { Session } from './session.ts';

export interface ClientOptions extends HttpOptions {
  readonly mirrors: readonly RegistryMirror[];
  /** Waits between attempts; short in tests. */
  readonly delaysMs?: readonly number[];
}

/** A manifest or an index as bytes. */
export interface FoundManifest extends Pick<Descriptor, 'mediaType' | 'digest' | 'size'> {
  readonly bytes: Buffer;
}

/** A repository of a registry. */
export type Repository = Pick<Reference, 'registry' | 'repository'>;

/** Bytes; registries must accept manifests up to this size (distribution spec, "Pushing Manifests"). */
const manifestLimit = 4 << 20;

/**
 * A client of the OCI distribution protocol. Reads go to the mirrors of a registry first, in order, then to
 * the registry itself; writes go to the registry alone.
 */
export class RegistryClient {
  readonly #options: ClientOptions;
  readonly #http: Http;
  readonly #sessions = new Map<string, Session>();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#http = new Http(options);
  }

  /** The manifest or index with this tag or digest, verified against the digest. @throws RegistryError */
  manifest(reference: Reference): Promise<FoundManifest> {
    const name = reference.digest ?? reference.tag ?? 'latest';
    const read = async (session: Session): Promise<FoundManifest> => {
      const path = `${reference.repository}/manifests/${name}`;
      const request = { method: 'GET' as const, url: await session.url(path) };
      const headers = { accept: manifestTypes.join(', ') };
      const response = await session.request({
        ...request,
        headers,
        scope: pullScope(reference),
        good: [200],
      });
      const bytes = await bodyOf(response, manifestLimit, request);
      const digest: Digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      const wanted = reference.digest ?? response.headers['docker-content-digest'] ?? digest;
      if (wanted !== digest && `${wanted}`.startsWith('sha256:')) {
        throw new RegistryError(request, `its bytes have the digest "${digest}", not "${wanted}"`, {
          temporary: false,
        });
      }
      const mediaType = (response.headers['content-type'] ?? '').replace(/;.*$/, '').trim();
      return { bytes, digest, size: bytes.length, mediaType };
    };
    return this.#reading(reference, (session) => retried(() => read(session), this.#retry));
  }

  /** The digest that a tag has now; undefined when there is no such tag. */
  async digestOf(reference: Reference): Promise<Digest | undefined> {
    try {
      return (await this.manifest(reference)).digest;
    } catch (thrown) {
      if (thrown instanceof RegistryError && thrown.status === 404) return undefined;
      throw thrown;
    }
  }

  /** Downloads a blob into a file and verifies it. @param onBytes called with the number of new bytes */
  blob(
    repository: Repository,
    blob: Descriptor,
    file: string,
    onBytes: (count: number) => void = () => {},
  ): Promise<void> {
    return this.#reading(repository, async (session) => {
      const url = await session.url(`${repository.repository}/blobs/${blob.digest}`);
      const open = (from: number) =>
        session.request({
          method: 'GET',
          url,
          scope: pullScope(repository),
          good: [200, 206, 416],
          headers: from > 0 ? { range: `bytes=${from}-` } : {},
        });
      await download({ url, open, blob, file, onBytes }, this.#retry);
    });
  }

  /** Whether this repository of the registry itself, not of a mirror, holds this blob. */
  async hasBlob(repository: Repository, digest: Digest): Promise<boolean> {
    const session = this.#own(repository.registry);
    return retried(async () => {
      const url = await session.url(`${repository.repository}/blobs/${digest}`);
      const scope = pushScope(repository);
      const response = await session.request({ method: 'HEAD', url, scope, good: [200, 404] });
      discard(response.body);
      return response.status === 200;
    }, this.#retry);
  }

  /**
   * Uploads a file as a blob. Resolves to whether it was sent: not if the registry could mount it.
   * @param from another repository of this registry that has the blob
   */
  async upload(repository: Repository, blob: Descriptor, file: string, from?: string): Promise<boolean> {
    const session = this.#own(repository.registry);
    return retried(async () => {
      const pull = from === undefined ? '' : ` repository:${from}:pull`;
      const scope = `${pushScope(repository)}${pull}`;
      const begin = await session.url(`${repository.repository}/blobs/uploads/`);
      if (from !== undefined) {
        begin.searchParams.set('mount', blob.digest);
        begin.searchParams.set('from', from);
      }
      const request = { method: 'POST' as const, url: begin };
      const opened = await session.request({ ...request, scope, good: [201, 202] });
      discard(opened.body);
      if (opened.status === 201) return false;
      const target = URL.parse(opened.headers.location ?? '', begin);
      if (!target)
        throw new RegistryError(request, 'it names no location for the upload', { temporary: false });
      target.searchParams.set('digest', blob.digest);
      const headers = { 'content-type': 'application/octet-stream' };
      const body = { file, size: blob.size };
      const sent = await session.request({ method: 'PUT', url: target, headers, body, scope, good: [201] });
      discard(sent.body);
      return true;
    }, this.#retry);
  }

  async putManifest(reference: Reference, bytes: Uint8Array, mediaType: string): Promise<void> {
    const session = this.#own(reference.registry);
    await retried(async () => {
      const name = reference.tag ?? reference.digest ?? 'latest';
      const url = await session.url(`${reference.repository}/manifests/${name}`);
      const headers = { 'content-type': mediaType };
      const scope = pushScope(reference);
      const request = { method: 'PUT' as const, url, headers, body: bytes, scope, good: [200, 201] };
      discard((await session.request(request)).body);
    }, this.#retry);
  }

  close(): void {
    this.#http.close();
  }

  get #retry(): { signal: AbortSignal; delaysMs: readonly number[] } {
    return { signal: this.#options.signal, delaysMs: this.#options.delaysMs ?? defaultDelaysMs };
  }

  /** Tries the mirrors, then the registry. Throws the last error, whose hint names the others. */
  async #reading<T>({ registry }: Repository, work: (session: Session) => Promise<T>): Promise<T> {
    const failures: RegistryError[] = [];
    for (const session of [...this.#mirrors(registry), this.#own(registry)]) {
      try {
        return await work(session);
      } catch (thrown) {
        if (!(thrown instanceof RegistryError)) throw thrown;
        failures.push(thrown);
      }
    }
    throw allFailed(failures);
  }

  #mirrors(registry: string): Session[] {
    return this.#options.mirrors
      .filter((mirror) => mirror.registry === registry || mirror.registry === '*')
      .filter(({ url }) => url.host !== hostOf(registry))
      .map(({ url }) => this.#session(url.href, url.host, url));
  }

  #own(registry: string): Session {
    const host = hostOf(registry);
    // A "mirror" with the registry's own host sets its scheme and path.
    const stated = this.#options.mirrors.find(
      (mirror) => mirror.registry === registry && mirror.url.host === host,
    );
    const base = stated?.url ?? (isLoopback(host) ? undefined : new URL(`https://${host}`));
    return this.#session(registry, registry, base);
  }

  #session(key: string, host: string, base: URL | undefined): Session {
    const { env, signal } = this.#options;
    const login = once(() => credentialsFor(host, { env, signal }));
    const known = this.#sessions.get(key) ?? new Session(host, base, this.#http, login);
    this.#sessions.set(key, known);
    return known;
  }
}

const manifestTypes = [mediaTypes.index, mediaTypes.manifest, dockerTypes.index, dockerTypes.manifest];

const hostOf = (registry: string): string => (registry === 'docker.io' ? 'registry-1.docker.io' : registry);

const pullScope = ({ repository }: Repository): string => `repository:${repository}:pull`;
const pushScope = ({ repository }: Repository): string => `repository:${repository}:pull,push`;

function allFailed(failures: readonly RegistryError[]): RegistryError {
  const last = failures.at(-1) as RegistryError;
  if (failures.length === 1) return last;
  const others = failures.slice(0, -1).map(({ message }) => message);
  const { method, url, status, code, temporary, hint } = last;
  const reason = last.message.slice(`${method} ${url}: `.length);
  const hints = [hint, `the mirrors failed before: ${others.join('; ')}`].filter(
    (part) => part !== undefined,
  );
  return new RegistryError({ method, url: new URL(url) }, reason, {
    ...{ status, code, temporary, hint: hints.join('; '), cause: last },
  });
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= work();
    return made;
  };
}
