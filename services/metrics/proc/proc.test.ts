import { expect, test } from 'vitest';
import { parseCpuTimes, parseStatNumber } from './cpu.ts';
import { parseDiskstats } from './diskstats.ts';
import { parseLoadavg } from './loadavg.ts';
import { parseMeminfo } from './meminfo.ts';
import { parseNetCounters } from './net-counters.ts';
import { parseNetDev } from './net-dev.ts';
import { parsePressure } from './pressure.ts';
import { parseFileNumbers, parseSockstat } from './sockstat.ts';
import { parseVmstat } from './vmstat.ts';

const stat = `cpu  406032 0 90958 37096 1074 0 812 7459 0 0
cpu0 205139 1 43114 19210 387 2 127 3709 0 0
cpu1 200893 0 47843 17885 687 0 684 3749 0 0
intr 6252564 0 0 0
ctxt 19569835
btime 1764401234
processes 30187
`;

test('golden: /proc/stat', () => {
  expect(parseCpuTimes(stat)).toEqual([
    {
      cpu: '0',
      modes: {
        user: 2051.39,
        nice: 0.01,
        system: 431.14,
        idle: 192.1,
        iowait: 3.87,
        irq: 0.02,
        softirq: 1.27,
        steal: 37.09,
      },
    },
    {
      cpu: '1',
      modes: {
        user: 2008.93,
        nice: 0,
        system: 478.43,
        idle: 178.85,
        iowait: 6.87,
        irq: 0,
        softirq: 6.84,
        steal: 37.49,
      },
    },
  ]);
  const numbers = ['btime', 'ctxt', 'intr', 'processes', 'procs_running'] as const;
  expect(numbers.map((key) => parseStatNumber(stat, key))).toEqual([
    ...[1_764_401_234, 19_569_835, 6_252_564, 30_187],
    undefined,
  ]);
  expect([parseCpuTimes(''), parseStatNumber('', 'btime'), parseStatNumber('btime x\n', 'btime')]).toEqual([
    [],
    undefined,
    undefined,
  ]);
});

test('golden: /proc/meminfo, by the names of node_exporter', () => {
  const text = 'MemTotal:         480000 kB\nActive(anon):      12 kB\nHugePages_Total:       3\nbad line\n';
  expect([...parseMeminfo(text)]).toEqual([
    ['MemTotal_bytes', 491_520_000],
    ['Active_anon_bytes', 12_288],
    ['HugePages_Total', 3],
  ]);
});

test('golden: /proc/loadavg', () => {
  expect(parseLoadavg('0.20 1.18 12.12 1/80 11206\n')).toEqual([0.2, 1.18, 12.12]);
  expect(parseLoadavg('')).toBeUndefined();
});

test('golden: /proc/diskstats, without the loop devices of layers', () => {
  const text = `   7       0 loop0 11 0 22 0 0 0 0 0 0 0 0 0 0 0 0 0 0
 254       0 vda 1000 5 2048 1500 20 3 4096 250 1 1200 1750 0 0 0 0 7 3
 254       1 vda1 1 0 8 0 0 0 0 0 0 0
`;
  expect(parseDiskstats(text)).toEqual([
    {
      ...{ device: 'vda', reads: 1000, readsMerged: 5, readBytes: 1_048_576, readSeconds: 1.5 },
      ...{ writes: 20, writesMerged: 3, writtenBytes: 2_097_152, writeSeconds: 0.25 },
      ...{ inProgress: 1, ioSeconds: 1.2, weightedSeconds: 1.75 },
      ...{ discards: 0, discardsMerged: 0, discardedSectors: 0, discardSeconds: 0 },
      ...{ flushes: 7, flushSeconds: 0.003 },
    },
  ]);
});

test('golden: /proc/net/dev', () => {
  const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:     100       2    0    0    0     0          0         0      100       2    0    0    0     0       0          0
  eth0: 9007199254740993 7    1    2    0     0          0         0      55       6    3    4    0     0       0          0
`;
  const shown = parseNetDev(text).map(({ device, receive, transmit }) => [
    device,
    Object.fromEntries(receive),
    Object.fromEntries(transmit),
  ]);
  const none = { fifo: 0, compressed: 0 };
  const rest = [
    { ...none, frame: 0, multicast: 0 },
    { ...none, colls: 0, carrier: 0 },
  ];
  expect(shown).toEqual([
    [
      'lo',
      { bytes: 100, packets: 2, errs: 0, drop: 0, ...rest[0] },
      { bytes: 100, packets: 2, errs: 0, drop: 0, ...rest[1] },
    ],
    [
      'eth0',
      { bytes: 9_007_199_254_740_992, packets: 7, errs: 1, drop: 2, ...rest[0] },
      { bytes: 55, packets: 6, errs: 3, drop: 4, ...rest[1] },
    ],
  ]);
});

test('golden: /proc/net/snmp, netstat and snmp6: what node_exporter shows', () => {
  const text = `Ip: Forwarding DefaultTTL
Ip: 2 64
Tcp: RtoAlgorithm MaxConn CurrEstab RetransSegs
Tcp: 1 -1 4 12
TcpExt: SyncookiesSent ListenDrops DelayedACKs
TcpExt: 1 2 3
Ip6InReceives                   \t9
Udp6InDatagrams                 \t7
`;
  expect(Object.fromEntries(parseNetCounters(text))).toEqual({
    ...{ Ip_Forwarding: 2, Tcp_CurrEstab: 4, Tcp_RetransSegs: 12 },
    ...{ TcpExt_SyncookiesSent: 1, TcpExt_ListenDrops: 2, Udp6_InDatagrams: 7 },
  });
});

test('golden: /proc/pressure, vmstat, net/sockstat and sys/fs/file-nr', () => {
  const averages = 'avg10=0.00 avg60=0.00 avg300=0.00';
  expect(parsePressure(`some ${averages} total=2500000\nfull ${averages} total=1\n`)).toEqual({
    waiting: 2.5,
    stalled: 0.000_001,
  });
  expect(parsePressure('')).toBeUndefined();
  const vmstat = 'nr_free_pages 5\npgpgin 7\npgfault 8\npgmajfault 9\npswpout 1\noom_kill 2\n';
  expect(Object.fromEntries(parseVmstat(vmstat))).toEqual({
    ...{ pgpgin: 7, pgfault: 8, pgmajfault: 9 },
    ...{ pswpout: 1, oom_kill: 2 },
  });
  const sockets = 'sockets: used 41\nTCP: inuse 1 mem 2\nbad\nUDP6: inuse 3\n';
  expect(Object.fromEntries(parseSockstat(sockets))).toEqual({
    sockets_used: 41,
    TCP_inuse: 1,
    ...{ TCP_mem: 2, TCP_mem_bytes: 8192, UDP6_inuse: 3 },
  });
  expect([parseFileNumbers('906\t0\t2466177\n'), parseFileNumbers('x')]).toEqual([
    [906, 2_466_177],
    undefined,
  ]);
});
