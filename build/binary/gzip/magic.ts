/** Whether bytes begin as a gzip member does (RFC 1952, 2.3.1). */
export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/**
 * The header of a member that uses deflate and names neither file, time nor operating system (255: unknown).
 */
export const memberHeader = (): Buffer => Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
