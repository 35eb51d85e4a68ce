/** Bytes of a disk's sector, the unit of MBR, GPT and disk images; a FAT boot sector has at least as many. */
export const sectorBytes = 512;

/** The last two bytes of an MBR and of a FAT boot sector: 55 aa. */
export const hasBootSignature = (sector: Uint8Array): boolean =>
  sector.length >= sectorBytes && sector[510] === 0x55 && sector[511] === 0xaa;
