import { KitError, type SourcePosition } from '../../lib/errors/errors.ts';
import type { KeyPath } from '../manifest/check.ts';
import { readYaml } from '../manifest/yaml-document.ts';
import { isReference } from '../reference/reference.ts';
import { fromBase64 } from '../signing/base64.ts';
import { readPublicKey, type VerifyKey } from '../signing/public-key.ts';
import type { Identity, Policy, Requirement, Rule } from './policy.ts';
import { type PolicyFiles, placed } from './policy-file.ts';

type Json = Readonly<Record<string, unknown>>;

/** A value of the document, and where it stands. */
interface Item {
  readonly value: unknown;
  readonly path: KeyPath;
  readonly place: (path: KeyPath, onKey?: boolean) => SourcePosition;
}

/**
 * A policy of containers/image (containers-policy.json(5)). As there, an unknown key is an error. A
 * requirement that kit does not check, such as signedBy, refuses the images that it is for.
 * @param file its name in messages @throws KitError with the line
 */
export function parseContainersPolicy(text: string, file: string, files: PolicyFiles): Policy {
  try {
    JSON.parse(text);
  } catch (thrown) {
    throw new KitError(`Cannot read policy "${file}": not JSON: ${(thrown as Error).message}`);
  }
  // JSON is YAML but for tabs that indent it; this reader knows lines, and refuses a key that is there twice.
  const document = readYaml(text.replaceAll('\t', ' '), file);
  const root: Item = { value: document.value, path: [], place: document.place };
  const { default: fallback, transports } = objectOf(root, ['default', 'transports'], ['default']);
  const scopes = new Map<string, Rule>();
  const archives = new Map<string, Rule>();
  const standard = ruleOf(itemOf(root, 'default', fallback), files);
  for (const name of ['oci', 'oci-archive', 'docker-archive']) archives.set(name, standard);
  let docker = standard;
  for (const [transport, value] of Object.entries(
    transports === undefined ? {} : mapOf(itemOf(root, 'transports', transports)),
  )) {
    const within = itemOf(itemOf(root, 'transports', transports), transport, value);
    for (const [scope, rule] of Object.entries(mapOf(within))) {
      const found = ruleOf(itemOf(within, scope, rule), files);
      if (transport === 'docker' && scope === '') docker = found;
      else if (transport === 'docker') scopes.set(scope, found);
      else archives.set(scope === '' ? transport : `${transport}:${scope}`, found);
    }
  }
  return { file, scopes, fallback: docker, archives };
}

function ruleOf(item: Item, files: PolicyFiles): Rule {
  const { value } = item;
  if (!Array.isArray(value) || value.length === 0) throw wrong(item, 'a list with at least one requirement');
  return {
    place: item.place(item.path, true),
    requirements: value.map((one, at) => requirementOf(itemOf(item, at, one), files)),
  };
}

const known = ['insecureAcceptAnything', 'reject', 'signedBy', 'signedBaseLayer', 'sigstoreSigned'];

function requirementOf(item: Item, files: PolicyFiles): Requirement {
  const { type } = mapOf(item);
  switch (type) {
    case 'insecureAcceptAnything':
    case 'reject':
      objectOf(item, ['type']);
      return { kind: type === 'reject' ? 'reject' : 'accept' };
    case 'signedBy':
      return { kind: 'unsupported', what: '"signedBy" (signatures by GPG)' };
    case 'signedBaseLayer':
      return { kind: 'unsupported', what: '"signedBaseLayer"' };
    case 'sigstoreSigned':
      return sigstoreSigned(item, files);
    default:
      throw wrong(itemOf(item, 'type', type), `one of ${known.map((one) => `"${one}"`).join(', ')}`);
  }
}

const keySources = ['keyPath', 'keyPaths', 'keyData', 'keyDatas', 'fulcio', 'pki'];
const rekor = ['rekorPublicKeyPath', 'rekorPublicKeyPaths', 'rekorPublicKeyData', 'rekorPublicKeyDatas'];

function sigstoreSigned(item: Item, files: PolicyFiles): Requirement {
  const object = objectOf(item, ['type', 'signedIdentity', ...keySources, ...rekor]);
  const given = keySources.filter((key) => object[key] !== undefined);
  if (given.length !== 1) {
    throw wrong(item, `an object with one of ${keySources.map((key) => `"${key}"`).join(', ')}`);
  }
  const other = ['fulcio', 'pki', ...rekor].find((key) => object[key] !== undefined);
  if (other !== undefined) return { kind: 'unsupported', what: `"sigstoreSigned" with "${other}"` };
  const identity = identityOf(itemOf(item, 'signedIdentity', object.signedIdentity));
  return { kind: 'key', keys: keysOf(item, object, files), identity };
}

function keysOf(item: Item, object: Json, files: PolicyFiles): VerifyKey[] {
  const texts = (key: string): Item[] => {
    const found = itemOf(item, key, object[key]);
    if (found.value === undefined) return [];
    if (!key.endsWith('s')) return [found];
    if (!Array.isArray(found.value) || found.value.length === 0)
      throw wrong(found, 'a list of at least one key');
    return found.value.map((one, at) => itemOf(found, at, one));
  };
  const byPath = [...texts('keyPath'), ...texts('keyPaths')].map((one) =>
    files.key(textOf(one), placeOf(one)),
  );
  const byData = [...texts('keyData'), ...texts('keyDatas')].map((one) => {
    const pem = fromBase64(textOf(one));
    if (!pem) throw wrong(one, 'base64');
    return placed(() => readPublicKey(pem, `keyData of line ${placeOf(one).line}`), placeOf(one));
  });
  return [...byPath, ...byData];
}

function identityOf(item: Item): Identity {
  if (item.value === undefined) return { type: 'matchRepoDigestOrExact' };
  const { type } = mapOf(item);
  const name = (key: string): string => {
    const found = itemOf(item, key, mapOf(item)[key]);
    if (!isReference(textOf(found))) throw wrong(found, 'the name of an image');
    return textOf(found);
  };
  switch (type) {
    case 'matchExact':
    case 'matchRepoDigestOrExact':
    case 'matchRepository':
      objectOf(item, ['type']);
      return { type };
    case 'exactReference':
      objectOf(item, ['type', 'dockerReference']);
      return { type, name: name('dockerReference') };
    case 'exactRepository':
      objectOf(item, ['type', 'dockerRepository']);
      return { type, name: name('dockerRepository') };
    case 'remapIdentity': {
      const { prefix, signedPrefix } = objectOf(item, ['type', 'prefix', 'signedPrefix']);
      return {
        type,
        prefix: textOf(itemOf(item, 'prefix', prefix)),
        signedPrefix: textOf(itemOf(item, 'signedPrefix', signedPrefix)),
      };
    }
    default:
      throw wrong(itemOf(item, 'type', type), 'a type of identity, such as "matchRepository"');
  }
}

const itemOf = ({ path, place }: Item, key: string | number, value: unknown): Item => ({
  value,
  path: [...path, key],
  place,
});

const placeOf = ({ path, place }: Item): SourcePosition => place(path);

function mapOf(item: Item): Json {
  const { value } = item;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(item, 'an object');
  return value as Json;
}

/** An object with no other keys. */
function objectOf(item: Item, keys: readonly string[], required: readonly string[] = []): Json {
  const object = mapOf(item);
  const unknown = Object.keys(object).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    const place = item.place([...item.path, unknown], true);
    throw new KitError(`unknown key "${unknown}" in ${nameOf(item)}`, { place });
  }
  for (const key of required) {
    if (!Object.hasOwn(object, key))
      throw new KitError(`${nameOf(item)} has no "${key}"`, { place: placeOf(item) });
  }
  return object;
}

function textOf(item: Item): string {
  if (typeof item.value !== 'string' || item.value === '') throw wrong(item, 'a text');
  return item.value;
}

const nameOf = ({ path }: Item): string => (path.length === 0 ? 'the policy' : path.join('.'));

const wrong = (item: Item, wanted: string): KitError =>
  new KitError(`${nameOf(item)} must be ${wanted}`, { place: placeOf(item) });
