import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * The ports that any program of the machine listens at, in all network namespaces: `tcp:22`. Loopback
 * addresses are left out unless they are asked for: nobody outside reaches them.
 */
export function listening({ loopback = false } = {}): string[] {
  const found = new Set<string>();
  for (const pid of onePerNamespace()) {
    for (const kind of ['tcp', 'tcp6', 'udp', 'udp6'])
      for (const { address, port } of socketsIn(pid, kind))
        if (loopback || !isLoopback(address)) found.add(`${kind.slice(0, 3)}:${port}`);
  }
  return [...found].sort();
}

/** A socket that listens, and takes connections over IPv4. */
export interface TcpListener {
  /** An address at which it is reached from this machine. */
  readonly host: string;
  readonly port: number;
  readonly inode: string;
}

/** Those of this process's own network namespace; each port once. */
export function tcpListeners(): TcpListener[] {
  const found = ['tcp', 'tcp6'].flatMap((kind) =>
    socketsIn('self', kind).flatMap(({ address, port, inode }): TcpListener[] => {
      const host = ipv4Of(address);
      return host === undefined ? [] : [{ host, port, inode }];
    }),
  );
  return [...new Map(found.map((one) => [one.port, one])).values()];
}

function onePerNamespace(): string[] {
  const byNamespace = new Map<string, string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      byNamespace.set(readlinkSync(`/proc/${pid}/ns/net`), pid);
    } catch {
      // It has ended.
    }
  }
  return [...byNamespace.values()];
}

interface OpenSocket {
  /** In the kernel's words of four bytes, each in the machine's order. */
  readonly address: string;
  readonly port: number;
  readonly inode: string;
}

/**
 * proc_pid_net(5): address:port in hex, the peer's, the state (0A listens, 07 is a UDP socket without a
 * peer), queues, timer, retransmissions, user, timeout, inode.
 */
function socketsIn(pid: string, kind: string): OpenSocket[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/net/${kind}`, 'utf8');
  } catch {
    return [];
  }
  const rows = text.matchAll(/^ *\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ (?:0A|07) (?:\S+ +){5}(\d+) /gm);
  return [...rows].map(([, address = '', port = '', inode = '']) => ({
    ...{ address, port: Number.parseInt(port, 16), inode },
  }));
}

/** 127.0.0.0/8 and ::1, also mapped. */
const isLoopback = (address: string): boolean =>
  /^[0-9A-F]{6}7F$/.test(address) ||
  /^0{24}01000000$/.test(address) ||
  /^0{16}FFFF0000[0-9A-F]{6}7F$/.test(address);

/** All addresses of a family: by the default of Linux, those of IPv6 take IPv4 as well. */
function ipv4Of(address: string): string | undefined {
  if (/^0+$/.test(address)) return '127.0.0.1';
  if (address.length !== 8) return undefined;
  return Buffer.from(address, 'hex').reverse().join('.');
}
