import { listed } from '../user-data/listed.ts';
import { isList, isMap, textAt, textsOf, valueAt, type YamlMap, type YamlValue } from '../yaml.ts';

export interface UserKeys {
  readonly sshKeys: readonly string[];
  readonly notes: readonly string[];
}

/** Of a user that is not made, keys that matter to nobody. */
const meaningless = ['name', 'ssh_authorized_keys', 'default', 'ssh_import_id'];

/**
 * The public keys of `users` and `user`: of a list of names and maps, of names in a text, or of a map by
 * name. The machine has only root, who gets them all; a note says so.
 */
export function readUsers(tree: YamlMap): UserKeys {
  const users = [...usersOf(valueAt(tree, 'users')), ...usersOf(valueAt(tree, 'user'), false)];
  const names = users.map(({ name }) => name).filter((name) => !['root', 'default', ''].includes(name));
  const others = users.flatMap(({ settings }) =>
    Object.keys(settings)
      .map(underscored)
      .filter((key) => !meaningless.includes(key)),
  );
  const importing = users.filter(({ settings }) =>
    Object.keys(settings).map(underscored).includes('ssh_import_id'),
  );
  return {
    sshKeys: users.flatMap(({ settings }) => authorizedKeys(settings)),
    notes: [
      ...(names.length === 0 ? [] : [`users are not made, root gets their SSH keys: ${listed(names)}`]),
      ...(importing.length === 0
        ? []
        : [`not obeyed: ssh_import_id of ${namesOf(importing)}: kit fetches nothing for metadata`]),
      ...(others.length === 0 ? [] : [`ignored keys of users: ${listed(others)}`]),
    ],
  };
}

const namesOf = (users: readonly User[]): string =>
  listed(users.map(({ name }) => (name === '' ? 'a user' : name)));

/** Public keys that a map has under either spelling of cloud-init's key. */
export const authorizedKeys = (settings: YamlMap): string[] =>
  Object.entries(settings).flatMap(([key, value]) =>
    underscored(key) === 'ssh_authorized_keys' ? textsOf(value) : [],
  );

const underscored = (key: string): string => key.replaceAll('-', '_');

interface User {
  readonly name: string;
  readonly settings: YamlMap;
}

function usersOf(value: YamlValue | undefined, isByName = true): User[] {
  if (typeof value === 'string') return value.split(',').map((name) => ({ name: name.trim(), settings: {} }));
  if (isList(value)) return value.flatMap((each) => usersOf(each, false));
  if (!isMap(value)) return [];
  if (!isByName) return [{ name: textAt(value, 'name') ?? '', settings: value }];
  return Object.entries(value).map(([name, settings]) => ({
    name,
    settings: isMap(settings) ? settings : {},
  }));
}
