import type { FileHandle } from 'node:fs/promises';
import { SftpError } from './errors.ts';
import { MalformedPacket, statusCodes, u32 } from './wire.ts';

export interface OpenFile {
  readonly kind: 'file';
  readonly file: FileHandle;
  /** Writes go to the end, whatever offset the client names. */
  readonly append: boolean;
}

export interface OpenDirectory {
  readonly kind: 'directory';
  readonly path: Buffer;
  /** Names not sent yet. */
  readonly names: Buffer[];
}

/** What the requests of a session share: its open files, and where relative paths begin. */
export interface SftpState {
  readonly handles: Handles;
  readonly home: string;
}

/** Files and directories that one sftp session has open at most. */
export const maxHandles = 128;

/** Handles by the four bytes the client knows them by; numbers are not used twice. */
export class Handles {
  readonly #open = new Map<number, OpenFile | OpenDirectory>();
  #last = 0;

  add(entry: OpenFile | OpenDirectory): Buffer {
    this.#last = (this.#last + 1) >>> 0;
    this.#open.set(this.#last, entry);
    return u32(this.#last);
  }

  /** To be asked before something is opened. */
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

  /** What a client that went away has left open. */
  async closeAll(): Promise<void> {
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
