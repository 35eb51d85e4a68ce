import { constants, type Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import { type FieldReader, field } from '../encoding.ts';
import { type Attributes, attributesOf, readAttributes, writeAttributes } from './attributes.ts';
import { SftpError } from './errors.ts';
import type { SftpState } from './handles.ts';
import {
  makeDirectory,
  makeLink,
  openDirectory,
  readDirectory,
  readLink,
  realPath,
  rename,
} from './names.ts';
import { packet, replyTypes, requestTypes, statusCodes } from './packet.ts';
import { path } from './paths.ts';

/** Executes one request and returns the reply packet; undefined means the status "ok". */
type Handler = (fields: FieldReader, id: Buffer, state: SftpState) => Promise<Buffer | undefined>;

/** Maximum bytes of one READ reply. */
export const maxReadBytes = 255 * 1024;

/** pflags of SSH_FXP_OPEN (draft section 6.3). */
const openFlags = { read: 1, write: 2, append: 4, create: 8, truncate: 16, exclusive: 32 } as const;

export const handlers: ReadonlyMap<number, Handler> = new Map<number, Handler>([
  [requestTypes.open, open],
  [requestTypes.close, async (fields, _id, { handles }) => void (await handles.close(fields.bytes()))],
  [requestTypes.read, read],
  [requestTypes.write, write],
  [requestTypes.stat, async (fields, id, state) => attributes(id, await fs.stat(path(fields, state)))],
  [requestTypes.lstat, async (fields, id, state) => attributes(id, await fs.lstat(path(fields, state)))],
  [
    requestTypes.fstat,
    async (fields, id, { handles }) => attributes(id, await handles.file(fields.bytes()).file.stat()),
  ],
  [requestTypes.setstat, setAttributes],
  [requestTypes.fsetstat, setOpenAttributes],
  [requestTypes.opendir, openDirectory],
  [requestTypes.readdir, readDirectory],
  [requestTypes.remove, async (fields, _id, state) => void (await fs.unlink(path(fields, state)))],
  [requestTypes.mkdir, makeDirectory],
  [requestTypes.rmdir, async (fields, _id, state) => void (await fs.rmdir(path(fields, state)))],
  [requestTypes.realpath, realPath],
  [requestTypes.rename, rename],
  [requestTypes.readlink, readLink],
  [requestTypes.symlink, makeLink],
]);

async function open(fields: FieldReader, id: Buffer, state: SftpState): Promise<Buffer> {
  const name = path(fields, state);
  const flags = fields.u32();
  const { mode = 0o666 } = readAttributes(fields);
  state.handles.assertRoom();
  const file = await fs.open(name, systemFlags(flags), mode & 0o7777);
  const handle = await state.handles.add({
    kind: 'file',
    path: name,
    file,
    append: (flags & openFlags.append) !== 0,
  });
  return packet(replyTypes.handle, id, field(handle));
}

/** Whether a file opened with these pflags may be changed; O_TRUNC and O_CREAT change it as well. */
export const isWriting = (flags: number): boolean => (flags & ~(openFlags.read | openFlags.exclusive)) !== 0;

/**
 * Flags of open(2). O_NONBLOCK: a fifo must not block a thread for ever. O_NOCTTY: no device may become our
 * controlling terminal.
 */
export function systemFlags(flags: number): number {
  const [reads, writes] = [flags & openFlags.read, flags & (openFlags.write | openFlags.append)];
  const access = writes ? (reads ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY;
  return (
    access |
    (flags & openFlags.append ? constants.O_APPEND : 0) |
    (flags & openFlags.create ? constants.O_CREAT : 0) |
    (flags & openFlags.truncate ? constants.O_TRUNC : 0) |
    (flags & openFlags.exclusive ? constants.O_EXCL : 0) |
    constants.O_NONBLOCK |
    constants.O_NOCTTY
  );
}

async function read(fields: FieldReader, id: Buffer, { handles }: SftpState): Promise<Buffer> {
  const { file } = handles.file(fields.bytes());
  const position = fields.u64();
  const length = Math.min(fields.u32(), maxReadBytes);
  // u32 length, u8 type, u32 id, u32 data length, data: the file is read directly into the reply.
  const reply = Buffer.allocUnsafe(13 + length);
  const { bytesRead } = await file.read(reply, 13, length, position);
  if (bytesRead === 0 && length > 0) throw new SftpError(statusCodes.eof, 'end of file');
  reply.writeUInt32BE(9 + bytesRead, 0);
  reply[4] = replyTypes.data;
  id.copy(reply, 5);
  reply.writeUInt32BE(bytesRead, 9);
  return reply.subarray(0, 13 + bytesRead);
}

async function write(fields: FieldReader, _id: Buffer, { handles }: SftpState): Promise<undefined> {
  const { file, append } = handles.file(fields.bytes());
  const position = fields.u64();
  const data = fields.bytes();
  for (let done = 0; done < data.length; ) {
    const { bytesWritten } = await file.write(
      data,
      done,
      data.length - done,
      append ? null : position + done,
    );
    done += bytesWritten;
  }
}

function attributes(id: Buffer, stats: Stats): Buffer {
  return packet(replyTypes.attrs, id, writeAttributes(attributesOf(stats)));
}

async function setAttributes(fields: FieldReader, _id: Buffer, state: SftpState): Promise<undefined> {
  const name = path(fields, state);
  await change(readAttributes(fields), {
    truncate: (size) => fs.truncate(name, size),
    chmod: (mode) => fs.chmod(name, mode),
    utimes: (access, modification) => fs.utimes(name, access, modification),
    chown: (uid, gid) => fs.chown(name, uid, gid),
  });
}

async function setOpenAttributes(
  fields: FieldReader,
  _id: Buffer,
  { handles }: SftpState,
): Promise<undefined> {
  const { file } = handles.file(fields.bytes());
  await change(readAttributes(fields), file);
}

/** Changes of a file by path or by handle; `FileHandle` has this shape. */
type Changeable = Pick<fs.FileHandle, 'truncate' | 'chmod' | 'utimes' | 'chown'>;

/** Applies attributes, the owner last: after chown, only root can change the rest. */
export async function change({ size, mode, times, owner }: Attributes, file: Changeable): Promise<void> {
  if (size !== undefined) await file.truncate(size);
  if (mode !== undefined) await file.chmod(mode & 0o7777);
  if (times) await file.utimes(times.access, times.modification);
  if (owner) await file.chown(owner.uid, owner.gid);
}
