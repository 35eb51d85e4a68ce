/** An interface of proc_pid_net(5), `dev`. */
export interface NetDev {
  readonly device: string;
  readonly receive: Traffic;
  readonly transmit: Traffic;
}

export interface Traffic {
  readonly bytes: number;
  readonly packets: number;
  readonly errs: number;
  readonly drop: number;
}

const maxInterfaces = 256;

/** Columns: bytes, packets, errs, drop and four more of what was received, then of what was transmitted. */
export function parseNetDev(text: string): NetDev[] {
  const found: NetDev[] = [];
  for (const [, device = '', rest = ''] of text.matchAll(/^ *([^\s:/]{1,15}):((?: +\d{1,20}){16})$/gm)) {
    const numbers = rest.trim().split(/ +/).map(Number);
    const traffic = (at: number): Traffic => {
      const [bytes = 0, packets = 0, errs = 0, drop = 0] = numbers.slice(at);
      return { bytes, packets, errs, drop };
    };
    found.push({ device, receive: traffic(0), transmit: traffic(8) });
    if (found.length === maxInterfaces) break;
  }
  return found;
}
