import type { FileHandle } from 'node:fs/promises';
import type { Audit } from '../audit.ts';
import { MalformedPacket, u32 } from '../encoding.ts';
import { SftpError } from './errors.ts';
import { statusCodes } from './packet.ts';

export interface OpenFile {
  readonly kind: 'file';
  /** As it was opened; what is there now may be another file. */
  readonly path: Buffer;
  readonly file: FileHandle;
  /** Writes append, whatever offset the client sends. */
  readonly append: boolean;
}

export interface OpenDirectory {
  readonly kind: 'directory';
  readonly path: Buffer;
  /** Names not sent yet. */
  readonly names: Buffer[];
}

/** State of an sftp session: its open handles, the base of relative paths, and the trail of its acts. */
export interface SftpState {
  readonly handles: Handles;
  readonly home: string;
  /** Whether SYMLINK has the link before its target (symlink-order.ts). */
  readonly linkFirst: boolean;
  readonly audit: Audit;
}

/** Maximum of open files and directories of one sftp session. */
export const maxHandles = 128;

/** Open files and directories by handle: a u32 that is not reused. */
export class Handles {
  readonly #open = new Map<number, OpenFile | OpenDirectory>();
  #last = 0;
  #closed = false;

  /** @throws SftpError after `closeAll`, with the file closed: the client left while it was being opened. */
  async add(entry: OpenFile | OpenDirectory): Promise<Buffer> {
    if (this.#closed) {
      if (entry.kind === 'file') await entry.file.close();
      throw new SftpError(statusCodes.failure, 'the session has ended');
    }
    this.#last = (this.#last + 1) >>> 0;
    this.#open.set(this.#last, entry);
    return u32(this.#last);
  }

  /** Call before opening a file or directory. @throws SftpError at the maximum. */
  assertRoom(): void {
    if (this.#open.size >= maxHandles) throw new SftpError(statusCodes.failure, 'too many open handles');
  }

  file(handle: Buffer): OpenFile {
    const entry = this.#get(handle);
    if (entry.kind !== 'file') throw new SftpError(statusCodes.failure, 'the handle is a directory');
    return entry;
  }

  directory(handle: Buffer): OpenDirectory {
    const entry = this.#get(handle);
    if (entry.kind !== 'directory') throw new SftpError(statusCodes.failure, 'the handle is a file');
    return entry;
  }

  async close(handle: Buffer): Promise<void> {
    const entry = this.#get(handle);
    this.#open.delete(handle.readUInt32BE());
    if (entry.kind === 'file') await entry.file.close();
  }

  /** Closes what the client left open, and what is still being opened for it. */
  async closeAll(): Promise<void> {
    this.#closed = true;
    const entries = [...this.#open.values()];
    this.#open.clear();
    await Promise.allSettled(
      entries.map((entry) => (entry.kind === 'file' ? entry.file.close() : undefined)),
    );
  }

  #get(handle: Buffer): OpenFile | OpenDirectory {
    if (handle.length !== 4) throw new MalformedPacket('not a handle of this server');
    const entry = this.#open.get(handle.readUInt32BE());
    if (!entry) throw new SftpError(statusCodes.failure, 'no such handle');
    return entry;
  }
}
