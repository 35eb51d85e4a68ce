import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { readServiceFile } from '../../lib/files/service-file.ts';
import { ServiceFolder } from '../../lib/files/service-folder.ts';

/** The files of the guest, as init reads and writes them. */
export interface GuestFiles {
  /** Undefined if it cannot be read. */
  read(path: string): string | undefined;
  /** Of a file in a folder that a service can write: neither links nor more than `limit` bytes. */
  readOfService(path: string, limit: number): string | undefined;
  /** Makes an empty file in a folder that a service can write, if there is one. */
  markOfService(folder: string, name: string): void;
  write(path: string, text: string): void;
  /** Atomically: readers see the old text or the whole new one. */
  replace(path: string, text: string): void;
  /** Names in a folder, sorted; none if there is no such folder. */
  list(path: string): string[];
  has(path: string): boolean;
  /** With missing parents; `mode` regardless of the umask. */
  makeFolder(path: string, mode: number): void;
  /** A symbolic link; an existing file of that name is kept. */
  link(path: string, target: string): void;
}

export const guestFiles: GuestFiles = {
  read(path) {
    // Most devices have no modalias, and a thrown error costs far more than this check.
    if (!existsSync(path)) return undefined;
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
  readOfService: readServiceFile,
  markOfService(path, name) {
    using folder = ServiceFolder.open(path);
    folder?.mark(name, 0o644);
  },
  write: (path, text) => writeFileSync(path, text),
  replace(path, text) {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  },
  list(path) {
    try {
      return readdirSync(path).sort();
    } catch {
      return [];
    }
  },
  has: existsSync,
  makeFolder(path, mode) {
    makeFolder(path);
    chmodSync(path, mode);
  },
  link(path, target) {
    if (!existsSync(path)) symlinkSync(target, path);
  },
};
