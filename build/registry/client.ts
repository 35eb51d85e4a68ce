import { createHash } from 'node:crypto';
import { type Descriptor, type Digest, dockerTypes, mediaTypes } from '../../lib/oci/types.ts';
import { Http, type HttpOptions } from '../http/http.ts';
import type { Reference } from '../reference/reference.ts';
import type { RegistryMirror } from '../work.ts';
import { bodyOf, discard } from './body.ts';
import { documentType } from './document-type.ts';
import { download } from './download.ts';
import { movedTo } from './moved.ts';
import { listReferrers, unlisted } from './referrers.ts';
import { RegistryError } from './registry-error.ts';
import { defaultDelaysMs, retried } from './retry.ts';
import { Servers } from './servers.ts';
import type { Session } from './session.ts';

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
  readonly #servers: Servers;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#http = new Http(options);
    this.#servers = new Servers(options, this.#http);
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
      const mediaType = documentType(bytes, response.headers['content-type']);
      return { bytes, digest, size: bytes.length, mediaType };
    };
    return this.#servers.read(reference.registry, (session) => retried(() => read(session), this.#retry));
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
    return this.#servers.read(repository.registry, async (session) => {
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
    const session = this.#servers.own(repository.registry);
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
    const session = this.#servers.own(repository.registry);
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
      const { location } = opened.headers;
      if (location === undefined)
        throw new RegistryError(request, 'it names no location for the upload', { temporary: false });
      const target = movedTo(request, location);
      // Appended: the rest may be signed, and must stay as it is written.
      target.search += `${target.search === '' ? '?' : '&'}digest=${encodeURIComponent(blob.digest)}`;
      const headers = { 'content-type': 'application/octet-stream' };
      const body = { file, size: blob.size };
      const sent = await session.request({ method: 'PUT', url: target, headers, body, scope, good: [201] });
      discard(sent.body);
      return true;
    }, this.#retry);
  }

  /**
   * The manifests that refer to this one (distribution spec, "Listing Referrers"); undefined where the
   * registry does not list them, and a tag of the fall-back does. @throws RegistryError for more than `limit`
   */
  async referrers(repository: Repository, digest: Digest, limit: number): Promise<Descriptor[] | undefined> {
    const read = (session: Session) => listReferrers(session, repository.repository, digest, limit);
    try {
      return await this.#servers.read(repository.registry, (session) =>
        retried(() => read(session), this.#retry),
      );
    } catch (thrown) {
      if (thrown instanceof RegistryError && unlisted.has(thrown.status ?? 0)) return undefined;
      throw thrown;
    }
  }

  /** Resolves to whether the registry lists this manifest as a referrer of its subject, if it has one. */
  async putManifest(reference: Reference, bytes: Uint8Array, mediaType: string): Promise<boolean> {
    const session = this.#servers.own(reference.registry);
    return retried(async () => {
      const name = reference.tag ?? reference.digest ?? 'latest';
      const url = await session.url(`${reference.repository}/manifests/${name}`);
      const headers = { 'content-type': mediaType };
      const scope = pushScope(reference);
      const request = { method: 'PUT' as const, url, headers, body: bytes, scope, good: [200, 201] };
      const { body, headers: answer } = await session.request(request);
      discard(body);
      return answer['oci-subject'] !== undefined;
    }, this.#retry);
  }

  close(): void {
    this.#http.close();
  }

  get #retry(): { signal: AbortSignal; delaysMs: readonly number[] } {
    return { signal: this.#options.signal, delaysMs: this.#options.delaysMs ?? defaultDelaysMs };
  }
}

const manifestTypes = [mediaTypes.index, mediaTypes.manifest, dockerTypes.index, dockerTypes.manifest];

const pullScope = ({ repository }: Repository): string => `repository:${repository}:pull`;
const pushScope = ({ repository }: Repository): string => `repository:${repository}:pull,push`;
