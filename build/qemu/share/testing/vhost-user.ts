import { closeSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bindFunctions, check } from '../../../../lib/linux/ffi.ts';
import { addressOf } from '../../../../lib/linux/process/raw-call.ts';

const libc = bindFunctions({
  socket: { arguments: ['int32', 'int32', 'int32'], return: 'int32' },
  connect: { arguments: ['int32', 'buffer', 'uint32'], return: 'int32' },
  sendmsg: { arguments: ['int32', 'buffer', 'int32'], return: 'int64' },
  eventfd: { arguments: ['uint32', 'int32'], return: 'int32' },
});

/** Requests of the vhost-user protocol (docs/interop/vhost-user.rst of QEMU). */
const requests = {
  ...{ getFeatures: 1, setFeatures: 2, setOwner: 3, setMemory: 5 },
  ...{ setSize: 8, setAddress: 9, setBase: 10, setKick: 12, setCall: 13 },
} as const;

/** Guest memory: one file. What QEMU would have it at, and the parts of queue 1, the first for requests. */
const memory = { bytes: 1 << 20, at: 0x1000_0000n } as const;
const places = {
  descriptors: 0x1000,
  available: 0x2000,
  used: 0x3000,
  request: 0x10000,
  reply: 0x40000,
} as const;
const queue = 1;
const queueSize = 16;
const replyBytes = 0x20000;
/** For a busy host. */
const limitMs = 180_000;

/** VIRTIO_F_VERSION_1 */
const version1 = 1n << 32n;

/** A guest with QEMU in its hands: sends any bytes to a vhost-user device, and reads its answers. */
export class VhostUser implements Disposable {
  readonly #socket: number;
  readonly #memory: number;
  readonly #kick: number;
  #sent = 0;

  /** @param dir for the file that is the guest's memory @param path of the socket, at most 107 bytes */
  constructor(dir: string, path: string) {
    const file = join(dir, 'memory');
    this.#memory = openSync(file, 'w+');
    rmSync(file);
    ftruncateSync(this.#memory, memory.bytes);
    this.#kick = check('eventfd', libc.eventfd(0, 0));
    this.#socket = check('socket', libc.socket(1, 1, 0));
    const address = Buffer.alloc(110);
    address.writeUInt16LE(1);
    address.write(path, 2);
    check('connect', libc.connect(this.#socket, address, address.length), path);
    this.#setUp();
  }

  [Symbol.dispose](): void {
    for (const fd of [this.#socket, this.#memory, this.#kick]) closeSync(fd);
  }

  /** Resolves to undefined when the device answers with nothing, or not at all. */
  async exchange(request: Buffer): Promise<Buffer | undefined> {
    writeSync(this.#memory, request, 0, request.length, places.request);
    // struct virtq_desc: u64 address, u32 length, u16 flags (1: continues in `next`, 2: writable), u16 next
    const chain = Buffer.alloc(32);
    chain.writeBigUInt64LE(BigInt(places.request), 0);
    chain.writeUInt32LE(request.length, 8);
    chain.writeUInt16LE(1, 12);
    chain.writeUInt16LE(1, 14);
    chain.writeBigUInt64LE(BigInt(places.reply), 16);
    chain.writeUInt32LE(replyBytes, 24);
    chain.writeUInt16LE(2, 28);
    writeSync(this.#memory, chain, 0, chain.length, places.descriptors);
    // struct virtq_avail: u16 flags, u16 index, u16 ring[]: always the chain at 0
    this.#sent = (this.#sent + 1) & 0xffff;
    this.#write16(places.available + 2, this.#sent);
    writeSync(this.#kick, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]));
    // struct virtq_used: u16 flags, u16 index, then of each element u32 id, u32 length
    const untilMs = Date.now() + limitMs;
    while (this.#read(places.used + 2, 2).readUInt16LE() !== this.#sent) {
      if (Date.now() > untilMs) return undefined;
      await pause(1);
    }
    const slot = places.used + 4 + 8 * ((this.#sent - 1) % queueSize);
    const length = this.#read(slot + 4, 4).readUInt32LE();
    return length === 0 ? undefined : this.#read(places.reply, length);
  }

  #setUp(): void {
    this.#getFeatures();
    this.#call(requests.setOwner, Buffer.alloc(0));
    this.#call(requests.setFeatures, words64(version1));
    // u32 regions, u32 padding, then u64 guest's address, size, QEMU's address, offset in the file
    const region = words64(1n, 0n, BigInt(memory.bytes), memory.at, 0n);
    this.#call(requests.setMemory, region, [this.#memory]);
    this.#call(requests.setSize, words32(queue, queueSize));
    this.#call(requests.setBase, words32(queue, 0));
    const { descriptors, used, available } = places;
    const addresses = [descriptors, used, available].map((place) => memory.at + BigInt(place));
    this.#call(requests.setAddress, Buffer.concat([words32(queue, 0), words64(...addresses, 0n)]));
    // 0x100: without a descriptor, nobody is told of answers.
    this.#call(requests.setCall, words64(BigInt(queue | 0x100)));
    this.#call(requests.setKick, words64(BigInt(queue)), [this.#kick]);
    // Once this is answered, all of that is done: virtiofsd breaks on a request that comes earlier.
    this.#getFeatures();
  }

  #getFeatures(): void {
    this.#call(requests.getFeatures, Buffer.alloc(0));
    // The length and the features of the reply.
    for (const length of [12, 8]) readSync(this.#socket, Buffer.alloc(length));
  }

  /** u32 request, u32 flags (1: the version of the protocol), u32 length of what follows. */
  #call(request: number, body: Buffer, descriptors: readonly number[] = []): void {
    const bytes = Buffer.concat([words32(request, 1, body.length), body]);
    // struct iovec: pointer, u64 length
    const parts = words64(addressOf(bytes), BigInt(bytes.length));
    // struct cmsghdr: u64 length, i32 SOL_SOCKET, i32 SCM_RIGHTS, then the descriptors
    const rights = Buffer.alloc(24);
    rights.writeBigUInt64LE(BigInt(16 + 4 * descriptors.length));
    rights.writeUInt32LE(1, 8);
    rights.writeUInt32LE(1, 12);
    for (const [at, fd] of descriptors.entries()) rights.writeUInt32LE(fd, 16 + 4 * at);
    const control = descriptors.length === 0 ? 0n : BigInt(rights.length);
    // struct msghdr: name, its length, parts, their count, control, its length, flags
    const message = words64(0n, 0n, addressOf(parts), 1n, addressOf(rights), control, 0n);
    check('sendmsg', libc.sendmsg(this.#socket, message, 0));
  }

  #read(at: number, length: number): Buffer {
    const buffer = Buffer.alloc(length);
    readSync(this.#memory, buffer, 0, length, at);
    return buffer;
  }

  #write16(at: number, value: number): void {
    const buffer = Buffer.alloc(2);
    buffer.writeUInt16LE(value);
    writeSync(this.#memory, buffer, 0, 2, at);
  }
}

export function words32(...words: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * words.length);
  for (const [at, word] of words.entries()) buffer.writeUInt32LE(word, 4 * at);
  return buffer;
}

function words64(...words: readonly bigint[]): Buffer {
  const buffer = Buffer.alloc(8 * words.length);
  for (const [at, word] of words.entries()) buffer.writeBigUInt64LE(word, 8 * at);
  return buffer;
}
