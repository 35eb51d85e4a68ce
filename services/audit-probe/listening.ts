import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * The ports that any program of the machine listens at, in all network namespaces: `tcp:0.0.0.0:22`. Loopback
 * addresses are left out unless they are asked for: nobody outside reaches them.
 */
export function listening({ loopback = false } = {}): string[] {
  const found = new Set<string>();
  for (const pid of onePerNamespace()) {
    for (const kind of ['tcp', 'tcp6', 'udp', 'udp6'])
      for (const one of socketsIn(pid, kind, loopback)) found.add(one);
  }
  return [...found].sort();
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

/** proc_pid_net(5): address:port in hex, and the state; 0A listens, 07 is a UDP socket without a peer. */
function socketsIn(pid: string, kind: string, loopback: boolean): string[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/net/${kind}`, 'utf8');
  } catch {
    return [];
  }
  const rows = text.matchAll(/^ *\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ (0A|07) /gm);
  return [...rows].flatMap(([, address = '', port = '']) =>
    isLoopback(address) && !loopback ? [] : [`${kind.slice(0, 3)}:${Number.parseInt(port, 16)}`],
  );
}

/** 127.0.0.0/8 and ::1, also mapped; in the kernel's words of four bytes, each in the machine's order. */
const isLoopback = (address: string): boolean =>
  /^[0-9A-F]{6}7F$/.test(address) ||
  /^0{24}01000000$/.test(address) ||
  /^0{16}FFFF0000[0-9A-F]{6}7F$/.test(address);
