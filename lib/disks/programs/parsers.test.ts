import { expect, test } from 'vitest';
import { parseLuksHeader } from './luks.ts';
import { parsePartitionTable, partitionPath } from './partition-table.ts';

test('sfdisk: partitions of a table', () => {
  const table = `{"partitiontable": {"label":"dos", "id":"0x3", "device":"/dev/vdb", "unit":"sectors", "sectorsize":512,
    "partitions": [{"node":"/dev/vdb1", "start":2048, "size":126976, "type":"83", "bootable":true}]}}`;
  expect(parsePartitionTable(table)).toEqual({
    label: 'dos',
    sectorBytes: 512,
    partitions: [{ node: '/dev/vdb1', start: 2048, size: 126976, type: '83' }],
  });
  expect(parsePartitionTable('{"partitiontable":{"label":"gpt"}}').partitions).toEqual([]);
  expect(() => parsePartitionTable('{"partitiontable":{"label":"sun"}}')).toThrow(/type "sun"/);
});

test.each([
  ['/dev/vdb', '/dev/vdb1'],
  ['/dev/nvme0n1', '/dev/nvme0n1p1'],
  ['/dev/nvme1n9', '/dev/nvme1n9p1'],
  ['/dev/mmcblk0', '/dev/mmcblk0p1'],
])('the first partition of %s is %s', (disk, partition) => {
  expect(partitionPath(disk, 1)).toBe(partition);
});

test('cryptsetup: key slots and tokens', () => {
  const json = '{"keyslots":{"0":{},"3":{}},"tokens":{"1":{"type":"systemd-tpm2"}},"segments":{}}';
  const { keyslots, tokens } = parseLuksHeader(json);
  expect(keyslots).toEqual([0, 3]);
  expect([...tokens]).toEqual([[1, { type: 'systemd-tpm2' }]]);
  expect(() => parseLuksHeader('{"keyslots":{"x":{}},"tokens":{}}')).toThrow(/no number of a slot/);
});
