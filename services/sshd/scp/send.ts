import { constants, type Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Audit } from '../audit.ts';
import { asSftpError } from '../sftp/errors.ts';
import type { ScpCommand } from './command.ts';
import { type ScpDialogue, ScpError } from './dialogue.ts';

interface World {
  readonly dialogue: ScpDialogue;
  readonly command: ScpCommand;
  readonly audit: Audit;
}

/** `scp -f`: sends files. @throws Error when the client breaks the protocol */
export async function send(dialogue: ScpDialogue, command: ScpCommand, audit: Audit): Promise<void> {
  if (!(await dialogue.confirmed())) return;
  for (const path of command.paths) await sendEntry(path, { dialogue, command, audit });
}

/** Like scp, follows links. What cannot be sent is said, and the rest is sent. */
async function sendEntry(path: string, world: World): Promise<void> {
  try {
    const found = await fs.stat(path).catch(failed(path));
    if (found.isFile()) await sendFile(path, found, world);
    else if (found.isDirectory() && world.command.recursive) await sendFolder(path, found, world);
    else await world.dialogue.complain(`${path}: not a regular file`);
  } catch (error) {
    if (!(error instanceof ScpError)) throw error;
    await world.dialogue.complain(error.message);
  }
}

/** Bytes of one piece. */
const pieceBytes = 64 << 10;

async function sendFile(path: string, found: Stats, world: World): Promise<void> {
  const { dialogue, audit } = world;
  const file = await fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    audit('scp-read', 'failed', { path });
    return failed(path)(error);
  });
  try {
    audit('scp-read', 'allowed', { path });
    if (!(await announce('C', path, found, world))) return;
    const piece = Buffer.alloc(pieceBytes);
    let faulty = false;
    for (let left = found.size; left > 0; ) {
      const { bytesRead } = await file.read(piece, 0, Math.min(left, pieceBytes), null);
      // A file that has become shorter, or that cannot be read on, is filled up: its size was announced.
      faulty ||= bytesRead === 0;
      const bytes = faulty ? Buffer.alloc(Math.min(left, pieceBytes)) : piece.subarray(0, bytesRead);
      await dialogue.send(bytes);
      left -= bytes.length;
    }
    if (faulty) await dialogue.complain(`${path}: it has changed`);
    else await dialogue.confirm();
    await dialogue.confirmed();
  } finally {
    await file.close();
  }
}

async function sendFolder(path: string, found: Stats, world: World): Promise<void> {
  const names = await fs.readdir(path).catch(failed(path));
  if (!(await announce('D', path, found, world))) return;
  for (const name of names.sort()) await sendEntry(join(path, name), world);
  await world.dialogue.send('E\n');
  await world.dialogue.confirmed();
}

/** Returns whether the client wants it. */
async function announce(type: 'C' | 'D', path: string, found: Stats, world: World): Promise<boolean> {
  const { dialogue, command } = world;
  const [modification, access] = [found.mtimeMs, found.atimeMs].map((ms) =>
    Math.max(0, Math.floor(ms / 1000)),
  );
  if (command.preserve) {
    await dialogue.send(`T${modification} 0 ${access} 0\n`);
    if (!(await dialogue.confirmed())) return false;
  }
  const mode = (found.mode & 0o7777).toString(8).padStart(4, '0');
  if (basename(path).includes('\n')) throw new ScpError(`${path}: its name has a line break`);
  await dialogue.send(`${type}${mode} ${type === 'C' ? found.size : 0} ${basename(path)}\n`);
  return dialogue.confirmed();
}

const failed =
  (path: string) =>
  (error: unknown): never => {
    throw new ScpError(`${path}: ${asSftpError(error).message}`);
  };
