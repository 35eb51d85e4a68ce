import { KitError } from '../../../lib/errors/errors.ts';

/** The user that an image's config names (`USER`), as numbers. */
export interface ImageUser {
  readonly uid: number;
  readonly gid: number;
  /** The user's other groups; empty if the config names a group. */
  readonly additionalGids: readonly number[];
}

/** The image's own files; undefined for one that it does not have. */
export interface UserFiles {
  readonly passwd: string | undefined;
  readonly group: string | undefined;
}

/** Whether nothing has to be looked up: no user, or root. */
export const isRootUser = (user: string | undefined): boolean =>
  user === undefined || ['', 'root', '0', 'root:root', '0:0', 'root:0', '0:root'].includes(user);

/** The largest id that runc and crun accept. */
const largestId = 2 ** 31 - 1;

/**
 * `name`, `uid`, `name:group`, `uid:gid`, `:group` …, as Docker resolves them (moby's user.GetExecUser): a
 * number is always an id, a name is looked up in the image's own passwd(5) and group(5); without a group,
 * that of passwd and those that list the user. Unlike Docker's, root gets no groups that list it, which in
 * some images own disks.
 * @throws KitError that names what is missing
 */
export function resolveUser(text: string, files: UserFiles): ImageUser {
  const [user = '', group = '', ...more] = text.split(':');
  const fail = (why: string): KitError =>
    new KitError(`Cannot run as user "${text}" of the image: ${why}`, { hint: 'set `uid:` and `gid:`' });
  if (more.length > 0) throw fail('it has more than a user and a group');
  const number = user === '' ? 0 : idOf(user);
  const row = rowsOf(files.passwd).find(([name, , uid = '']) =>
    number === undefined ? name === user : idOf(uid) === number,
  );
  const uid = number ?? idOf(row?.[2] ?? '');
  if (uid === undefined) throw fail(missing('passwd', user, files.passwd));
  if (group !== '') return { uid, gid: groupId(group, files, fail), additionalGids: [] };
  const gid = idOf(row?.[3] ?? '0');
  if (gid === undefined) throw fail(`its /etc/passwd gives "${user}" no group`);
  const others = rowsOf(files.group).flatMap(([, , id = '', members = '']) =>
    uid !== 0 && row?.[0] && members.split(',').includes(row[0]) ? (idOf(id) ?? []) : [],
  );
  return { uid, gid, additionalGids: [...new Set(others)].filter((id) => id !== gid) };
}

function groupId(group: string, files: UserFiles, fail: (why: string) => KitError): number {
  const number = idOf(group);
  const row = rowsOf(files.group).find(([name]) => number === undefined && name === group);
  const gid = number ?? idOf(row?.[2] ?? '');
  if (gid === undefined) throw fail(missing('group', group, files.group));
  return gid;
}

const missing = (file: string, name: string, text: string | undefined): string =>
  text === undefined ? `it has no /etc/${file}` : `its /etc/${file} has no "${name}"`;

const rowsOf = (text = ''): string[][] => text.split('\n').map((line) => line.trim().split(':'));

function idOf(text: string): number | undefined {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return id <= largestId ? id : undefined;
}
