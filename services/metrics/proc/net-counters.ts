/**
 * /proc/net/snmp, snmp6 and netstat (proc_net(5)) by node_exporter's names: `Tcp_CurrEstab`. Those of them
 * that it shows by default.
 */
export function parseNetCounters(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (name: string, value: string | undefined): void => {
    if (shown.test(name) && value !== undefined && /^-?\d{1,19}$/.test(value) && found.size < maxKeys)
      found.set(name, Number(value));
  };
  let names: readonly string[] = [];
  for (const line of text.split('\n')) {
    const [first = '', ...words] = line.split(/\s+/, 256);
    if (!first.endsWith(':')) {
      // snmp6: `Ip6InReceives  12`
      const [, protocol, name] = /^([A-Z][A-Za-z]{1,8}6)([A-Z]\w{0,40})$/.exec(first) ?? [];
      if (protocol !== undefined) add(`${protocol}_${name}`, words[0]);
    } else if (names[0] !== first) names = [first, ...words];
    else {
      for (const [at, value] of words.entries()) add(`${first.slice(0, -1)}_${names[at + 1]}`, value);
      names = [];
    }
  }
  return found;
}

const maxKeys = 128;

const shown = new RegExp(
  `^(?:${[
    '\\w+_(?:InErrors|InErrs)',
    'Ip_Forwarding',
    'Ip(?:6|Ext)_(?:InOctets|OutOctets)',
    'Icmp6?_(?:InMsgs|OutMsgs)',
    'TcpExt_(?:Listen\\w+|Syncookies\\w+|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)',
    'Tcp_(?:ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)',
    'Udp6?_(?:InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors)',
  ].join('|')})$`,
);
