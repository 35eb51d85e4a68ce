import * as fs from 'node:fs/promises';
import { type FieldReader, field, u64 } from '../encoding.ts';
import { readAttributes } from './attributes.ts';
import { SftpError } from './errors.ts';
import { maxHandles, type SftpState } from './handles.ts';
import { maxPacketBytes, packet, replyTypes, statusCodes } from './packet.ts';
import { path } from './paths.ts';
import { change, maxReadBytes } from './requests.ts';

type Extension = (fields: FieldReader, id: Buffer, state: SftpState) => Promise<Buffer | undefined>;

/** OpenSSH's extensions (its PROTOCOL file, section 4) with their versions. */
const extensions: Readonly<Record<string, readonly [version: string, Extension]>> = {
  'posix-rename@openssh.com': ['1', rename],
  'hardlink@openssh.com': ['1', link],
  'fsync@openssh.com': [
    '1',
    async (fields, _id, { handles }) => handles.file(fields.bytes()).file.sync() as never,
  ],
  'lsetstat@openssh.com': ['1', setLinkAttributes],
  'statvfs@openssh.com': ['2', statFilesystem],
  'limits@openssh.com': ['1', sendLimits],
};

/** The reply to INIT: version 3 and the extensions. */
export function version(): Buffer {
  const pairs = Object.entries(extensions).flatMap(([name, [number]]) => [field(name), field(number)]);
  return packet(replyTypes.version, Buffer.of(0, 0, 0, 3), ...pairs);
}

export async function extended(
  fields: FieldReader,
  id: Buffer,
  state: SftpState,
): Promise<Buffer | undefined> {
  const name = fields.text();
  const known = Object.hasOwn(extensions, name) ? extensions[name] : undefined;
  if (!known) throw new SftpError(statusCodes.unsupported, 'unknown extension');
  return known[1](fields, id, state);
}

async function rename(fields: FieldReader, _id: Buffer, state: SftpState): Promise<undefined> {
  await fs.rename(path(fields, state), path(fields, state));
}

async function link(fields: FieldReader, _id: Buffer, state: SftpState): Promise<undefined> {
  await fs.link(path(fields, state), path(fields, state));
}

/** Like SETSTAT, but for a symbolic link itself, whose size and mode cannot be set. */
async function setLinkAttributes(fields: FieldReader, _id: Buffer, state: SftpState): Promise<undefined> {
  const name = path(fields, state);
  const unsupported = (): never => {
    throw new SftpError(statusCodes.unsupported, 'not supported for a symbolic link');
  };
  await change(readAttributes(fields), {
    truncate: unsupported,
    chmod: unsupported,
    utimes: (access, modification) => fs.lutimes(name, access, modification),
    chown: (uid, gid) => fs.lchown(name, uid, gid),
  });
}

/** u64 each: bsize frsize blocks bfree bavail files ffree favail fsid flag namemax. */
async function statFilesystem(fields: FieldReader, id: Buffer, state: SftpState): Promise<Buffer> {
  const found = await fs.statfs(path(fields, state));
  const { bsize, blocks, bfree, bavail, files, ffree } = found;
  const values = [bsize, bsize, blocks, bfree, bavail, files, ffree, ffree, 0, 0, 255];
  return packet(replyTypes.extended, id, ...values.map(u64));
}

/** u64 each: maximum packet, read and write length; maximum open handles. */
async function sendLimits(_fields: FieldReader, id: Buffer): Promise<Buffer> {
  const values = [maxPacketBytes, maxReadBytes, maxReadBytes, maxHandles];
  return packet(replyTypes.extended, id, ...values.map(u64));
}
