/** TPM 2.0 Library, part 2: 6.5.2 command codes. */
export const commandCode = {
  evictControl: 0x120,
  createPrimary: 0x131,
  create: 0x153,
  load: 0x157,
  unseal: 0x15e,
  flushContext: 0x165,
  readPublic: 0x173,
  startAuthSession: 0x176,
} as const;

/** 6.3, algorithms. */
export const algorithm = {
  rsa: 0x0001,
  aes: 0x0006,
  keyedHash: 0x0008,
  sha256: 0x000b,
  none: 0x0010,
  ecc: 0x0023,
  cfb: 0x0043,
} as const;

/** 6.4 */
export const curveP256 = 0x0003;

/** 7.4, handles that are always there; and where the storage key is kept (TCG, registry of handles). */
export const handle = {
  owner: 0x4000_0001,
  none: 0x4000_0007,
  password: 0x4000_0009,
  storageKey: 0x8100_0001,
} as const;

/** 6.9, tags of commands and their responses. */
export const tag = { noSessions: 0x8001, sessions: 0x8002 } as const;

/** 8.3, attributes of objects. */
export const attribute = {
  fixedTpm: 1 << 1,
  fixedParent: 1 << 4,
  sensitiveDataOrigin: 1 << 5,
  userWithAuth: 1 << 6,
  noDictionaryAttack: 1 << 10,
  restricted: 1 << 16,
  decrypt: 1 << 17,
} as const;

/** 8.4, attributes of sessions. */
export const sessionAttribute = { decrypt: 0x20, encrypt: 0x40 } as const;
