import type { IncomingMessage } from 'node:http';
import { readTar } from '../../../lib/archive/tar.ts';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { parseJson } from '../../../lib/oci/json.ts';
import { stampAnnotation } from '../../cache/annotations.ts';
import { discard } from '../../registry/body.ts';
import { nodeHttp } from '../../registry/node-http.ts';
import type { Work } from '../../work/work.ts';
import { importImages } from './import.ts';

/**
 * Takes an image of the Docker engine into the cache under its own name, unless the cache has the same. False
 * when the engine has no such image. @throws KitError when there is no engine
 */
export async function dockerImage(name: string, work: Work): Promise<boolean> {
  const { cache } = work;
  const engine = engineAt(work.env);
  const path = `/images/${encodeURIComponent(name)}`;
  const looked = await ask(engine, `${path}/json`, name, work);
  if (looked.status === 404) {
    discard(looked.message);
    return false;
  }
  const facts = parseJson(await textOf(looked.body), `answer of Docker about ${name}`, 4 << 20);
  if (looked.status !== 200) throw failed(name, engine, `it answers ${looked.status}`);
  const stamp = `docker ${facts.field('Id').text()}`;
  const known = await cache.refs.get(name, work.arch);
  if (known?.annotations?.[stampAnnotation] === stamp) return true;
  await work.progress.task(`Import ${name} from Docker`, async () => {
    const archive = await ask(engine, `${path}/get`, name, work);
    if (archive.status !== 200) {
      discard(archive.message);
      throw failed(name, engine, `it answers ${archive.status}`);
    }
    const [image] = await importImages(readTar(archive.body, name), `${name} of Docker`, cache);
    if (!image) throw failed(name, engine, 'it sent no image');
    await cache.refs.set(name, { ...image.descriptor, annotations: { [stampAnnotation]: stamp } });
  });
  return true;
}

type Engine = { readonly socketPath: string } | { readonly host: string; readonly port: string };

/** DOCKER_HOST, else Docker's own socket. */
function engineAt({ DOCKER_HOST: stated }: Work['env']): Engine {
  const text = stated || 'unix:///var/run/docker.sock';
  if (text.startsWith('unix://')) return { socketPath: text.slice('unix://'.length) };
  const url = URL.parse(text);
  if (url && /^(?:tcp|http):$/.test(url.protocol)) return { host: url.hostname, port: url.port || '2375' };
  throw new KitError(`Cannot speak with Docker at "${text}": want unix:// or tcp://`, {
    hint: 'DOCKER_HOST says so; docker save NAME | kit cache import - works with every Docker',
  });
}

interface Answer {
  readonly status: number;
  readonly message: IncomingMessage;
  /** The bytes of `message`, whose errors are sentences. */
  readonly body: AsyncIterable<Buffer>;
}

function ask(engine: Engine, path: string, name: string, { signal }: Work): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
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
    ECONNREFUSED: 'nobody listens there',
    EACCES: 'this user may not',
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
    if (bytes > 4 << 20) throw new KitError('Cannot read what Docker says: it does not end');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
