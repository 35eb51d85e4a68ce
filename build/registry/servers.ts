import type { Http, HttpOptions } from '../http/http.ts';
import { isLoopback } from '../http/loopback.ts';
import type { RegistryMirror } from '../work.ts';
import { credentialsFor } from './credentials.ts';
import { RegistryError } from './registry-error.ts';
import { Session } from './session.ts';

export interface ServerOptions extends Pick<HttpOptions, 'env' | 'signal'> {
  readonly mirrors: readonly RegistryMirror[];
}

/** The servers of registries, including mirrors, with one session for each. */
export class Servers {
  readonly #options: ServerOptions;
  readonly #http: Http;
  readonly #sessions = new Map<string, Session>();

  constructor(options: ServerOptions, http: Http) {
    this.#options = options;
    this.#http = http;
  }

  /** Tries the mirrors, then the registry. Throws the last error, whose hint names the others. */
  async read<T>(registry: string, work: (session: Session) => Promise<T>): Promise<T> {
    const failures: RegistryError[] = [];
    for (const session of [...this.#mirrors(registry), this.own(registry)]) {
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

  /** The registry itself. */
  own(registry: string): Session {
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

const hostOf = (registry: string): string => (registry === 'docker.io' ? 'registry-1.docker.io' : registry);

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
