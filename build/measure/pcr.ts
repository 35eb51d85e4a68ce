import { createHash } from 'node:crypto';

/** One measurement: what was hashed, and its SHA-256. */
export interface Measured {
  /** `name of .linux`, `.linux` */
  readonly what: string;
  /** 64 hexadecimal digits */
  readonly digest: string;
}

/** A register that was zero before the first of these (TCG PC Client Platform Firmware Profile, 3.3.4). */
export interface Pcr {
  readonly pcr: number;
  /** Of the bank for SHA-256: 64 hexadecimal digits */
  readonly value: string;
  readonly events: readonly Measured[];
}

/** A register after these measurements: each one hashes the value before it together with the digest. */
export function pcrAfter(pcr: number, events: readonly Measured[]): Pcr {
  const value = events.reduce<Buffer>(
    (before, { digest }) => sha256(Buffer.concat([before, Buffer.from(digest, 'hex')])),
    Buffer.alloc(32),
  );
  return { pcr, value: value.toString('hex'), events };
}

export const measured = (what: string, bytes: Uint8Array): Measured => ({
  what,
  digest: sha256(bytes).toString('hex'),
});

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
