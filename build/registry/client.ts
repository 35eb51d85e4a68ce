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
  /** Waits between tries; tests make them short. */
  readonly delaysMs?: readonly number[];
}

/** A manifest or an index, as its bytes. */
export interface FoundManifest extends Pick<Descriptor, 'mediaType' | 'digest' | 'size'> {
  readonly bytes: Buffer;
}

/** A repository of a registry: where blobs belong to. */
export type Repository = Pick<Reference, 'registry' | 'repository'>;

/** What a registry may hold at most for a manifest, as for us (distribution spec, "Pushing Manifests"). */
const manifestLimit = 4 << 20;

/**
 * Speaks the OCI distribution protocol with registries and their mirrors. Reading asks the mirrors first, in order,
 * then the registry itself; writing goes to the registry alone.
 */
export class RegistryClient {
  readonly #options: ClientOptions;
  readonly #http: Http;
  readonly #sessions = new Map<string, Session>();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#http = new Http(options);
  }

  /** The manifest that a tag or a digest names, compared with the digest. @throws RegistryError */
  manifest(reference: Reference): Promise<FoundManifest> {
    const name = reference.digest ?? reference.tag ?? 'latest';
    const read = async (session: Session): Promise<FoundManifest> => {
      const path = `${reference.repository}/manifests/${name}`;
      const asked = { method: 'GET' as const, url: await session.url(path) };
      const headers = { accept: manifestTypes.join(', ') };
      const answer = await session.ask({ ...asked, headers, scope: pullScope(reference), good: [200] });
      const bytes = await bodyOf(answer, manifestLimit, asked);
      const digest: Digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      const wanted = reference.digest ?? answer.headers['docker-content-digest'] ?? digest;
      if (wanted !== digest && `${wanted}`.startsWith('sha256:')) {
        throw new RegistryError(asked, `its bytes have the digest "${digest}", not "${wanted}"`, {
          temporary: false,
        });
      }
      const mediaType = (answer.headers['content-type'] ?? '').replace(/;.*$/, '').trim();
      return { bytes, digest, size: bytes.length, mediaType };
    };
    return this.#reading(reference, (session) => retried(() => read(session), this.#retry));
  }

  /** The digest that a tag has there now; undefined when there is none. */
  async digestOf(reference: Reference): Promise<Digest | undefined> {
    try {
      return (await this.manifest(reference)).digest;
    } catch (thrown) {
      if (thrown instanceof RegistryError && thrown.status === 404) return undefined;
      throw thrown;
    }
  }

  /** Downloads a blob into a new file, compared with digest and size. @param onBytes told how many more have come */
  blob(
    place: Repository,
    blob: Descriptor,
    file: string,
    onBytes: (count: number) => void = () => {},
  ): Promise<void> {
    return this.#reading(place, async (session) => {
      const url = await session.url(`${place.repository}/blobs/${blob.digest}`);
      const open = (from: number) =>
        session.ask({
          method: 'GET',
          url,
          scope: pullScope(place),
          good: [200, 206, 416],
          headers: from > 0 ? { range: `bytes=${from}-` } : {},
        });
      await download({ url, open, blob, file, onBytes }, this.#retry);
    });
  }

  /** Whether the registry, not a mirror, holds this blob in this repository. */
  async hasBlob(place: Repository, digest: Digest): Promise<boolean> {
    const session = this.#own(place.registry);
    return retried(async () => {
      const url = await session.url(`${place.repository}/blobs/${digest}`);
      const answer = await session.ask({ method: 'HEAD', url, scope: pushScope(place), good: [200, 404] });
      discard(answer.body);
      return answer.status === 200;
    }, this.#retry);
  }

  /**
   * Uploads a file as a blob. @param from another repository of this registry that has it: then nothing is sent, if
   * the registry can and may do that. Resolves to whether it was sent
   */
  async upload(place: Repository, blob: Descriptor, file: string, from?: string): Promise<boolean> {
    const session = this.#own(place.registry);
    return retried(async () => {
      const scope = from === undefined ? pushScope(place) : `${pushScope(place)} repository:${from}:pull`;
      const begin = await session.url(`${place.repository}/blobs/uploads/`);
      if (from !== undefined) {
        begin.searchParams.set('mount', blob.digest);
        begin.searchParams.set('from', from);
      }
      const asked = { method: 'POST' as const, url: begin };
      const opened = await session.ask({ ...asked, scope, good: [201, 202] });
      discard(opened.body);
      if (opened.status === 201) return false;
      const target = URL.parse(opened.headers.location ?? '', begin);
      if (!target) throw new RegistryError(asked, 'it says no place to upload to', { temporary: false });
      target.searchParams.set('digest', blob.digest);
      const headers = { 'content-type': 'application/octet-stream' };
      const body = { file, size: blob.size };
      const sent = await session.ask({ method: 'PUT', url: target, headers, body, scope, good: [201] });
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
      const answer = await session.ask({ method: 'PUT', url, headers, body: bytes, scope, good: [200, 201] });
      discard(answer.body);
    }, this.#retry);
  }

  close(): void {
    this.#http.close();
  }

  get #retry(): { signal: AbortSignal; delaysMs: readonly number[] } {
    return { signal: this.#options.signal, delaysMs: this.#options.delaysMs ?? defaultDelaysMs };
  }

  /** Asks the mirrors, then the registry; the error is that of the last, and names the others. */
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
    // A "mirror" at the registry's own host says how to speak to it.
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
