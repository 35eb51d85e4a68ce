import {
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Tools } from '../../../build/tools/tree.ts';
import { type ExportedDisk, exportDisk } from '../exported-disk.ts';
import { ReplayedDisk } from '../replay.ts';
import { loggedCount, readWriteLog } from '../write-log.ts';

/** A disk of a machine that is killed: what had not been flushed may be lost, or torn. */
export class KilledDisk {
  readonly serial: string;
  readonly #folder: string;
  readonly #tools: Tools;
  #bytes: number;
  #exported: ExportedDisk | undefined;

  constructor(folder: string, serial: string, mib: number, tools: Tools) {
    this.serial = serial;
    this.#folder = join(folder, serial);
    this.#tools = tools;
    this.#bytes = mib * 2 ** 20;
    mkdirSync(this.#folder);
    writeFileSync(this.#file('disk'), '');
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  /** It is this large from the next boot on. */
  grow(mib: number): void {
    this.#bytes = mib * 2 ** 20;
  }

  /** Attaches it for one boot. @returns the value of `--disk` */
  async attach(): Promise<string> {
    truncateSync(this.#file('disk'), this.#bytes);
    copyFileSync(this.#file('disk'), this.#file('before'));
    this.#exported = await exportDisk(this.#folder, this.#bytes, { kind: 'logs' }, this.#tools);
    return `${this.#exported.shown},serial=${this.serial}`;
  }

  /** Requests since it was attached. */
  requests(): number {
    return this.#exported ? loggedCount(this.#exported.log) : 0;
  }

  /** After the machine was killed: makes it what such a disk may hold. @param random 0 to 1 */
  async lose(random: () => number): Promise<void> {
    if (!this.#exported) throw new Error(`disk "${this.serial}" is not attached`);
    const { log: file } = this.#exported;
    await this.end();
    // The log begins with the first write.
    if (loggedCount(file) === 0) return rmSync(this.#file('before'));
    const log = readWriteLog(file);
    const state = { before: this.#file('before'), bytes: this.#bytes };
    new ReplayedDisk(log, file, this.#file('replayed'), state).cutAfter(
      log.length,
      this.#file('cut'),
      random,
    );
    renameSync(this.#file('cut'), this.#file('disk'));
    for (const name of ['before', 'replayed']) rmSync(this.#file(name));
  }

  /** After the machine was killed: makes it what it was before that boot. */
  async revert(): Promise<void> {
    await this.end();
    renameSync(this.#file('before'), this.#file('disk'));
  }

  async end(): Promise<void> {
    await this.#exported?.[Symbol.asyncDispose]();
    this.#exported = undefined;
    if (existsSync(this.#file('shown'))) rmSync(this.#file('shown'));
  }
}
