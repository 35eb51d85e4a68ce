/** A TPM refuses a command, or what it answers is not what was asked for: one sentence. */
export class TpmError extends Error {
  override readonly name = 'TpmError';
  /** The response code; 0 for an answer that cannot be understood. */
  readonly responseCode: number;

  constructor(message: string, responseCode = 0) {
    super(message);
    this.responseCode = responseCode;
  }
}

/** Numbers are big-endian; a TPM2B has its size in front (TPM 2.0 Library, part 2, 10.4.2). */
export const u8 = (value: number): Buffer => Buffer.of(value);

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A TPM2B. */
export const sized = (...parts: readonly Uint8Array[]): Buffer => {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([u16(bytes.length), bytes]);
};

/** Reads what a TPM has written. @throws TpmError where it ends too early, or goes on too long */
export class TpmReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  u8(): number {
    return this.take(1).readUInt8();
  }

  u16(): number {
    return this.take(2).readUInt16BE();
  }

  u32(): number {
    return this.take(4).readUInt32BE();
  }

  take(count: number): Buffer {
    const end = this.#at + count;
    if (end > this.#bytes.length) throw new TpmError('what the TPM answers ends too early');
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  /** The content of a TPM2B. */
  sized(): Buffer {
    return this.take(this.u16());
  }

  /** All that is left. */
  rest(): Buffer {
    return this.take(this.#bytes.length - this.#at);
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new TpmError('what the TPM answers goes on too long');
  }
}
