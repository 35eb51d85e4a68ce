import { expect, test } from 'vitest';
import { parseBootTime, parseContextSwitches, parseCpuTimes } from './cpu.ts';
import { parseDiskstats } from './diskstats.ts';
import { parseLoadavg } from './loadavg.ts';
import { parseMeminfo } from './meminfo.ts';
import { parseNetDev } from './net-dev.ts';

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
  expect([parseBootTime(stat), parseContextSwitches(stat)]).toEqual([1_764_401_234, 19_569_835]);
  expect([parseCpuTimes(''), parseBootTime(''), parseBootTime('btime x\n')]).toEqual([
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
      ...{ device: 'vda', reads: 1000, readBytes: 1_048_576, readSeconds: 1.5 },
      ...{ writes: 20, writtenBytes: 2_097_152, writeSeconds: 0.25, inProgress: 1, ioSeconds: 1.2 },
    },
  ]);
});

test('golden: /proc/net/dev', () => {
  const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:     100       2    0    0    0     0          0         0      100       2    0    0    0     0       0          0
  eth0: 9007199254740993 7    1    2    0     0          0         0      55       6    3    4    0     0       0          0
`;
  expect(parseNetDev(text)).toEqual([
    {
      device: 'lo',
      receive: { bytes: 100, packets: 2, errs: 0, drop: 0 },
      transmit: { bytes: 100, packets: 2, errs: 0, drop: 0 },
    },
    {
      device: 'eth0',
      receive: { bytes: 9_007_199_254_740_992, packets: 7, errs: 1, drop: 2 },
      transmit: { bytes: 55, packets: 6, errs: 3, drop: 4 },
    },
  ]);
});
