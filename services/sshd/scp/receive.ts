import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { Audit } from '../audit.ts';
import { asSftpError } from '../sftp/errors.ts';
import type { ScpCommand } from './command.ts';
import { type ScpDialogue, ScpError } from './dialogue.ts';

interface Times {
  /** Seconds since the epoch. */
  readonly modification: number;
  readonly access: number;
}

/** Folders in folders; the same for everybody who sends. */
const maxDepth = 100;

/** `scp -t`: writes what the client sends. @throws Error when the client breaks the protocol */
export async function receive(dialogue: ScpDialogue, command: ScpCommand, audit: Audit): Promise<void> {
  const [target = ''] = command.paths;
  if (command.folder && !(await isFolder(target))) return dialogue.complain(`${target}: not a folder`);
  await dialogue.confirm();
  await receiveInto(target, { dialogue, command, audit }, 0);
}

interface World {
  readonly dialogue: ScpDialogue;
  readonly command: ScpCommand;
  readonly audit: Audit;
}

async function receiveInto(target: string, world: World, depth: number): Promise<void> {
  const { dialogue, command } = world;
  let times: Times | undefined;
  for (let line = await dialogue.line(); line !== undefined && line !== 'E'; line = await dialogue.line()) {
    const [, modification, access] = /^T(\d{1,12}) \d+ (\d{1,12}) \d+$/.exec(line) ?? [];
    if (modification !== undefined) {
      times = { modification: Number(modification), access: Number(access) };
      await dialogue.confirm();
      continue;
    }
    // What the client could not read, it says here.
    if (line.startsWith('\x01')) continue;
    const [, type, mode = '', size = '', name = ''] = /^([CD])([0-7]{4,5}) (\d{1,15}) (.+)$/.exec(line) ?? [];
    if (type === undefined || name.includes('/') || name === '.' || name === '..' || name.includes('\0'))
      throw new Error('a line that is no file and no folder');
    const path = (await isFolder(target)) ? join(target, name) : target;
    const entry = { path, mode: Number.parseInt(mode, 8) & 0o7777, size: Number(size), times };
    times = undefined;
    if (type === 'D' && (!command.recursive || depth >= maxDepth)) throw new Error('a folder without -r');
    const received = type === 'C' ? receiveFile(entry, world) : receiveFolder(entry, world, depth);
    await received.catch(async (error: unknown) => {
      if (!(error instanceof ScpError)) throw error;
      await dialogue.complain(error.message);
    });
  }
  if (depth > 0) await dialogue.confirm();
}

interface Entry {
  readonly path: string;
  readonly mode: number;
  readonly size: number;
  readonly times: Times | undefined;
}

async function receiveFolder({ path, mode, times }: Entry, world: World, depth: number): Promise<void> {
  if (!(await isFolder(path))) await fs.mkdir(path, mode | 0o700).catch(failed(path));
  await world.dialogue.confirm();
  await receiveInto(path, world, depth + 1);
  if (!world.command.preserve) return;
  await fs.chmod(path, mode);
  if (times) await fs.utimes(path, times.access, times.modification);
}

async function receiveFile(entry: Entry, { dialogue, command, audit }: World): Promise<void> {
  const { path, mode, size, times } = entry;
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NONBLOCK, O_NOCTTY } = constants;
  const file = await fs
    .open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_NOCTTY, mode)
    .catch((error: unknown) => {
      audit('scp-write', 'failed', { path });
      return failed(path)(error);
    });
  try {
    await dialogue.confirm();
    let fault: unknown;
    for (let left = size; left > 0; ) {
      const bytes = await dialogue.bytes(left);
      left -= bytes.length;
      // What follows an error must be read all the same.
      fault ??= await file.writeFile(bytes).catch((error: unknown) => error);
    }
    // The client may say that it could not read all; what there is has arrived.
    await dialogue.confirmed();
    if (fault) failed(path)(fault);
    if (command.preserve) await file.chmod(mode);
    if (times) await file.utimes(times.access, times.modification);
    audit('scp-write', 'allowed', { path });
    await dialogue.confirm();
  } finally {
    await file.close();
  }
}

const failed =
  (path: string) =>
  (error: unknown): never => {
    throw new ScpError(`${path}: ${asSftpError(error).message}`);
  };

async function isFolder(path: string): Promise<boolean> {
  return fs.stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
