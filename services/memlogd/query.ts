/** What a client of memlogd asks for, by its first byte. */
export interface Query {
  /** The lines that are kept. */
  readonly dump: boolean;
  /** Then those that come. */
  readonly follow: boolean;
}

/** LinuxKit's pkg/memlogd: 0 dumps, 1 follows, 2 does both; undefined for other bytes. */
export function queryOf(byte: number | undefined): Query | undefined {
  if (byte === undefined || byte > 2) return undefined;
  return { dump: byte !== 1, follow: byte !== 0 };
}
