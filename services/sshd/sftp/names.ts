import type { Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import { codeOf } from '../../../lib/errors/errors.ts';
import { type FieldReader, field, u32 } from '../encoding.ts';
import { attributesOf, longName, readAttributes, writeAttributes } from './attributes.ts';
import { SftpError } from './errors.ts';
import type { SftpState } from './handles.ts';
import { packet, replyTypes, statusCodes } from './packet.ts';
import { absolute, join, path, resolvePath } from './paths.ts';

/** Requests about names: folders, links, renaming. */

/** Names in one READDIR reply; each takes at most about 600 bytes. */
const namesPerReply = 100;

/** OPENDIR: reads the whole listing at once; READDIR sends it in parts. */
export async function openDirectory(fields: FieldReader, id: Buffer, state: SftpState): Promise<Buffer> {
  const folder = path(fields, state);
  state.handles.assertRoom();
  const found = await fs.readdir(folder, { encoding: 'buffer' });
  const all = [Buffer.from('.'), Buffer.from('..'), ...found];
  const handle = await state.handles.add({ kind: 'directory', path: folder, names: all });
  return packet(replyTypes.handle, id, field(handle));
}

/** READDIR: the next names of an open directory; EOF at the end. */
export async function readDirectory(
  fields: FieldReader,
  id: Buffer,
  { handles }: SftpState,
): Promise<Buffer> {
  const directory = handles.directory(fields.bytes());
  const next = directory.names.splice(0, namesPerReply);
  if (next.length === 0) throw new SftpError(statusCodes.eof, 'end of directory');
  const entries = await Promise.all(next.map((name) => directoryEntry(directory.path, name)));
  return nameReply(id, entries);
}

/** A file may vanish after the listing was read: then it is sent without attributes. */
async function directoryEntry(folder: Buffer, name: Buffer): Promise<NameEntry> {
  const stats = await fs.lstat(join(folder, name)).catch(() => undefined);
  return stats ? { name, stats } : { name };
}

interface NameEntry {
  readonly name: Buffer;
  readonly stats?: Stats;
}

function nameReply(id: Buffer, entries: readonly NameEntry[]): Buffer {
  const parts = entries.flatMap(({ name, stats }) => [
    field(name),
    field(stats ? longName(name.toString(), stats) : name),
    writeAttributes(stats ? attributesOf(stats) : {}),
  ]);
  return packet(replyTypes.name, id, u32(entries.length), ...parts);
}

/** MKDIR: the umask applies to the mode. */
export async function makeDirectory(fields: FieldReader, _id: Buffer, state: SftpState): Promise<undefined> {
  const name = path(fields, state);
  const { mode = 0o777 } = readAttributes(fields);
  await fs.mkdir(name, { mode: mode & 0o7777 });
}

/** RENAME: version 3 does not replace an existing target; posix-rename@openssh.com does. */
export async function rename(fields: FieldReader, _id: Buffer, state: SftpState): Promise<undefined> {
  const [from, to] = [path(fields, state), path(fields, state)];
  const there = await fs.lstat(to).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (there) throw new SftpError(statusCodes.failure, 'the target exists');
  await fs.rename(from, to);
}

/** REALPATH: the absolute path without links, `.` and `..`. */
export async function realPath(fields: FieldReader, id: Buffer, state: SftpState): Promise<Buffer> {
  return nameReply(id, [{ name: await resolvePath(path(fields, state)) }]);
}

/** READLINK: the target of a symbolic link, unresolved. */
export async function readLink(fields: FieldReader, id: Buffer, state: SftpState): Promise<Buffer> {
  return nameReply(id, [{ name: await fs.readlink(path(fields, state), { encoding: 'buffer' }) }]);
}

/** SYMLINK: most clients send the target first, as OpenSSH's, and unlike the draft. */
export async function makeLink(fields: FieldReader, _id: Buffer, state: SftpState): Promise<undefined> {
  const [first, second] = [fields.path(), fields.path()];
  const [target, link] = state.linkFirst ? [second, first] : [first, second];
  await fs.symlink(target, absolute(link, state.home));
}
