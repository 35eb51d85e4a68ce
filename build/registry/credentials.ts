import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { type JsonItem, parseJson } from '../../lib/oci/json.ts';
import { homeDir } from '../host/paths.ts';
import { ProgramError, type ProgramOptions, runProgram } from '../host/program.ts';

export type Credentials =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  /** A refresh token, sent to the token service only. */
  | { readonly kind: 'identity'; readonly token: string };

interface HelperOptions extends Pick<ProgramOptions, 'signal'> {
  readonly env: NonNullable<ProgramOptions['env']>;
}

/**
 * The credentials for a registry in Docker's config.json (DOCKER_CONFIG, else ~/.docker), as `docker login`
 * stores them, else in that of podman: by the helper in `credHelpers`, else that in `credsStore`, else in
 * `auths`. Undefined when there are none.
 * @param registry `docker.io`, `localhost:5000`
 */
export async function credentialsFor(
  registry: string,
  { env, signal }: HelperOptions,
): Promise<Credentials | undefined> {
  for (const file of files(env)) {
    const bytes = await readFile(file).catch((thrown: unknown) => {
      if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return undefined;
      throw new KitError(`Cannot read "${file}": ${reasonOf(thrown)}`, { cause: thrown });
    });
    const found = bytes && (await credentialsIn(parseJson(bytes, file, 1 << 20), registry, { env, signal }));
    if (found) return found;
  }
  return undefined;
}

/** Docker's file, then those of podman, buildah and skopeo (containers-auth.json(5)), in the same format. */
function files(env: HelperOptions['env']): string[] {
  const home = homeDir(env);
  const { DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME } = env;
  const podman = [XDG_RUNTIME_DIR, XDG_CONFIG_HOME || join(home, '.config')].flatMap((folder) =>
    folder ? [join(folder, 'containers', 'auth.json')] : [],
  );
  return [
    join(DOCKER_CONFIG || join(home, '.docker'), 'config.json'),
    ...(REGISTRY_AUTH_FILE ? [REGISTRY_AUTH_FILE] : podman),
  ];
}

async function credentialsIn(
  config: JsonItem,
  registry: string,
  { env, signal }: HelperOptions,
): Promise<Credentials | undefined> {
  const helper = helperFor(registry, config);
  if (helper !== undefined) {
    const found = await askHelper(helper, registry, { env, signal });
    if (found) return found;
  }
  const auths = config.optional('auths', (value) => value.fields());
  const entry = Object.entries(auths ?? {}).find(([key]) => hostOf(key) === registry.toLowerCase())?.[1];
  return entry && fromAuth(entry);
}

function helperFor(registry: string, config: JsonItem): string | undefined {
  const own = config.optional('credHelpers', (value) => value.texts()) ?? {};
  const match = Object.entries(own).find(([key]) => hostOf(key) === registry.toLowerCase())?.[1];
  const name = match ?? config.optional('credsStore', (value) => value.text());
  if (name === undefined || name === '') return undefined;
  if (/^[\w.-]+$/.test(name)) return name;
  throw new KitError(`Cannot use credential helper "${name}": a name holds letters, digits, ".", "_", "-"`);
}

/** Docker writes `https://index.docker.io/v1/` for Docker Hub, and a host name for other registries. */
function hostOf(key: string): string {
  const host = key
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/(?:v[12]\/?)?$/, '');
  return host === 'index.docker.io' || host === 'registry-1.docker.io' ? 'docker.io' : host;
}

const serverOf = (registry: string): string =>
  registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;

/** The protocol of docker-credential-helpers: the server on standard input, JSON on standard output. */
async function askHelper(
  name: string,
  registry: string,
  { env, signal }: HelperOptions,
): Promise<Credentials | undefined> {
  const program = `docker-credential-${name}`;
  try {
    const { stdout } = await runProgram(program, ['get'], { signal, env, input: serverOf(registry) });
    const answer = parseJson(Buffer.from(stdout), `output of ${program}`, 1 << 20);
    return fromPair(answer.field('Username').text(), answer.field('Secret').text());
  } catch (thrown) {
    if (!(thrown instanceof ProgramError)) throw thrown;
    if (/not found/i.test(thrown.stdout)) return undefined;
    // Without `cause`: the helper may have printed a secret before it failed.
    throw new KitError(`Cannot get the credentials of "${registry}" from ${program}: ${thrown.ending}`, {
      hint: "Docker's config.json names this helper",
    });
  }
}

function fromAuth(entry: JsonItem): Credentials | undefined {
  const text = (key: string): string | undefined => entry.optional(key, (value) => value.text()) || undefined;
  const identity = text('identitytoken');
  if (identity !== undefined) return { kind: 'identity', token: identity };
  const [user, password] = [text('username'), text('password')];
  if (user !== undefined && password !== undefined) return { kind: 'password', user, password };
  const pair = Buffer.from(text('auth') ?? '', 'base64').toString();
  const colon = pair.indexOf(':');
  if (colon < 1) return undefined;
  return {
    kind: 'password',
    user: pair.slice(0, colon),
    password: pair.slice(colon + 1).replace(/\0+$/, ''),
  };
}

function fromPair(user: string, secret: string): Credentials {
  return user === '<token>'
    ? { kind: 'identity', token: secret }
    : { kind: 'password', user, password: secret };
}
