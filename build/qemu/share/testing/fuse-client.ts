import { type VhostUser, words32 } from './vhost-user.ts';

/** Operations of include/uapi/linux/fuse.h. */
const operations = {
  ...{ lookup: 1, setattr: 4, readlink: 5, symlink: 6, mknod: 8, mkdir: 9, unlink: 10, rename: 12 },
  ...{ link: 13, open: 14, read: 15, write: 16, setxattr: 21, init: 26, opendir: 27, create: 35 },
} as const;
export type Operation = keyof typeof operations;

export interface Answer {
  /** 0, or a negative errno. */
  readonly error: number;
  readonly body: Buffer;
}

export const rootNode = 1n;

/** Speaks FUSE as a kernel does that keeps to no rule of kernels. */
export class FuseClient {
  readonly #device: VhostUser;
  #unique = 0n;

  constructor(device: VhostUser) {
    this.#device = device;
  }

  /** u32 major, minor, largest read-ahead, flags */
  init(): Promise<Answer> {
    return this.send('init', 0n, words32(7, 31, 0, 0));
  }

  /** struct fuse_in_header: u32 length, operation; u64 unique, node; u32 uid, gid, pid, padding */
  async send(operation: Operation, node: bigint, body: Buffer): Promise<Answer> {
    const header = Buffer.alloc(40);
    this.#unique += 2n;
    header.writeUInt32LE(header.length + body.length, 0);
    header.writeUInt32LE(operations[operation], 4);
    header.writeBigUInt64LE(this.#unique, 8);
    header.writeBigUInt64LE(node, 16);
    const reply = await this.#device.exchange(Buffer.concat([header, body]));
    if (!reply) throw new Error(`no answer to ${operation}`);
    // struct fuse_out_header: u32 length, i32 error, u64 unique
    return { error: reply.readInt32LE(4), body: reply.subarray(16) };
  }

  /** The number of a node; undefined if there is none. */
  async lookup(name: string, parent = rootNode): Promise<bigint | undefined> {
    const { error, body } = await this.send('lookup', parent, text(name));
    return error === 0 ? body.readBigUInt64LE(0) : undefined;
  }

  /** The content of a file; the error if it cannot be opened or read. */
  async content(node: bigint): Promise<string | number> {
    const opened = await this.send('open', node, words32(0, 0));
    if (opened.error !== 0) return opened.error;
    // u64 handle, offset; u32 size, flags; u64 owner of locks; u32 flags, padding
    const read = Buffer.alloc(40);
    opened.body.copy(read, 0, 0, 8);
    read.writeUInt32LE(4096, 16);
    const { error, body } = await this.send('read', node, read);
    return error === 0 ? body.toString() : error;
  }
}

export const text = (...names: readonly string[]): Buffer =>
  Buffer.from(names.map((name) => `${name}\0`).join(''));
