import type { IncomingMessage } from 'node:http';
import { readTar } from '../../../lib/archive/tar.ts';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { type JsonItem, parseJson } from '../../../lib/oci/json.ts';
import { type Bound, bounded, GrowsTooLarge } from '../../binary/compressed/bound.ts';
import { stampAnnotation } from '../../cache/annotations.ts';
import { nodeHttp } from '../../http/node-http.ts';
import { discard } from '../../registry/body.ts';
import type { Work } from '../../work.ts';
import { importImages } from './import.ts';

/**
 * Imports an image of the Docker engine into the cache under its name, unless the cache has the same already.
 * Resolves to false when the engine has no such image.
 * @throws KitError when the engine cannot be reached or reports an error
 */
export async function dockerImage(name: string, work: Work): Promise<boolean> {
  const { cache } = work;
  const engine = engineAt(work.env);
  const path = `/images/${encodeURIComponent(name)}`;
  const inspected = await request(engine, `${path}/json`, name, work);
  if (inspected.status === 404) {
    discard(inspected.message);
    return false;
  }
  const facts = parseJson(await textOf(inspected.body), `Docker's data of ${name}`, 4 << 20);
  if (inspected.status !== 200) throw failed(name, engine, `it answers ${inspected.status}`);
  const stamp = `docker ${facts.field('Id').text()}`;
  const known = await cache.refs.get(name, work.arch);
  if (known?.annotations?.[stampAnnotation] === stamp) return true;
  await work.progress.task(`Import ${name} from Docker`, async () => {
    const archive = await request(engine, `${path}/get`, name, work);
    if (archive.status !== 200) {
      discard(archive.message);
      throw failed(name, engine, `it answers ${archive.status}`);
    }
    const title = `${name} of Docker`;
    const [image] = await importImages(
      readTar(bounded(archive.body, boundOf(facts)), name),
      title,
      cache,
    ).catch((thrown: unknown) => {
      throw thrown instanceof GrowsTooLarge ? failed(name, engine, thrown.message, thrown) : thrown;
    });
    if (!image) throw failed(name, engine, 'it sent no image');
    if (image.fault) throw image.fault;
    await cache.refs.set(name, { ...image.descriptor, annotations: { [stampAnnotation]: stamp } });
  });
  return true;
}

/** The engine says how large the image is, unpacked; its archive has the layers and some documents. */
function boundOf(facts: JsonItem): Bound {
  const size = facts.optional('Size', (value) => value.number()) ?? 0;
  return { bytes: size * 2 + (1 << 30), why: `twice the ${size} bytes that the engine says it has` };
}

type Engine = { readonly socketPath: string } | { readonly host: string; readonly port: string };

/** DOCKER_HOST, else Docker's default socket. */
function engineAt({ DOCKER_HOST: stated }: Work['env']): Engine {
  const text = stated || 'unix:///var/run/docker.sock';
  if (text.startsWith('unix://')) return { socketPath: text.slice('unix://'.length) };
  const url = URL.parse(text);
  if (url && /^(?:tcp|http):$/.test(url.protocol)) return { host: url.hostname, port: url.port || '2375' };
  throw new KitError(`Cannot connect to Docker at "${text}": expected unix:// or tcp://`, {
    hint: 'it is the value of DOCKER_HOST; docker save NAME | kit cache import - works with every Docker',
  });
}

interface EngineResponse {
  readonly status: number;
  readonly message: IncomingMessage;
  /** The bytes of `message`; reading errors are thrown as KitErrors. */
  readonly body: AsyncIterable<Buffer>;
}

function request(engine: Engine, path: string, name: string, { signal }: Work): Promise<EngineResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<EngineResponse>();
  const explain = (thrown: unknown): unknown =>
    signal.aborted ? signal.reason : failed(name, engine, reasonFor(thrown), thrown);
  nodeHttp()
    .request({ ...engine, path, signal }, (message) =>
      resolve({ status: message.statusCode ?? 0, message, body: bodyOf(message, explain) }),
    )
    .on('error', (thrown) => reject(explain(thrown)))
    .end();
  return promise;
}

async function* bodyOf(
  message: IncomingMessage,
  explain: (thrown: unknown) => unknown,
): AsyncGenerator<Buffer> {
  try {
    yield* message;
  } catch (thrown) {
    throw explain(thrown);
  }
}

function reasonFor(thrown: unknown): string {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such socket',
    ECONNREFUSED: 'connection refused',
    EACCES: 'permission denied',
    ECONNRESET: 'the connection broke off',
  };
  return reasons[codeOf(thrown) ?? ''] ?? reasonOf(thrown);
}

function failed(name: string, engine: Engine, why: string, cause?: unknown): KitError {
  const place = 'socketPath' in engine ? engine.socketPath : `${engine.host}:${engine.port}`;
  return new KitError(`Cannot look for image "${name}" in Docker at "${place}": ${why}`, {
    hint: 'start Docker, set DOCKER_HOST, or leave --docker away',
    cause,
  });
}

async function textOf(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > 4 << 20) throw new KitError('Cannot read the response of Docker: it is longer than 4 MiB');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
