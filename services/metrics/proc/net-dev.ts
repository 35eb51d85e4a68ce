/** An interface of proc_pid_net(5), `dev`. */
export interface NetDev {
  readonly device: string;
  readonly receive: Traffic;
  readonly transmit: Traffic;
}

/** The columns of each direction, by the names of node_exporter. */
export const netColumns = {
  receive: ['bytes', 'packets', 'errs', 'drop', 'fifo', 'frame', 'compressed', 'multicast'],
  transmit: ['bytes', 'packets', 'errs', 'drop', 'fifo', 'colls', 'carrier', 'compressed'],
} as const;

/** By column. */
export type Traffic = ReadonlyMap<string, number>;

const maxInterfaces = 256;

export function parseNetDev(text: string): NetDev[] {
  const found: NetDev[] = [];
  for (const [, device = '', rest = ''] of text.matchAll(/^ *([^\s:/]{1,15}):((?: +\d{1,20}){16})$/gm)) {
    const numbers = rest.trim().split(/ +/).map(Number);
    const traffic = (columns: readonly string[], from: number): Traffic =>
      new Map(columns.map((column, at) => [column, numbers[from + at] ?? 0]));
    found.push({
      device,
      receive: traffic(netColumns.receive, 0),
      transmit: traffic(netColumns.transmit, netColumns.receive.length),
    });
    if (found.length === maxInterfaces) break;
  }
  return found;
}
