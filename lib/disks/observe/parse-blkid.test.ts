import { expect, test } from 'vitest';
import type { Content } from './content.ts';
import { blkidLimits, parseBlkid, signatureTypes } from './parse-blkid.ts';

/** What blkid of util-linux 2.41 says, with status 0. */
const found: readonly [text: string, content: Content][] = [
  [
    'DEVNAME=/dev/vdb\nLABEL=data\nUUID=0B3F1C5E-4a0e-4f7c-9f57-7f1f1f3e7a10\nVERSION=1.0\nFSBLOCKSIZE=4096\nBLOCK_SIZE=4096\nTYPE=ext4\nUSAGE=filesystem\n',
    { kind: 'file system', type: 'ext4', label: 'data', uuid: '0b3f1c5e-4a0e-4f7c-9f57-7f1f1f3e7a10' },
  ],
  [
    'DEVNAME=/dev/vdb\nUUID=1\nVERSION=1\nTYPE=swap\nUSAGE=other\n',
    { kind: 'file system', type: 'swap', label: '', uuid: '1' },
  ],
  ['DEVNAME=/dev/vdb\nPTUUID=x\nPTTYPE=gpt\n', { kind: 'table', table: 'gpt' }],
  [
    'DEVNAME=/dev/vdb\nVERSION=2\nUUID=X\nLABEL=kit-making\nTYPE=crypto_LUKS\nUSAGE=crypto\n',
    { kind: 'luks', version: '2', label: 'kit-making', uuid: 'x' },
  ],
  ['DEVNAME=/dev/vdb\nUUID=x\nTYPE=LVM2_member\nUSAGE=raid\n', { kind: 'other', what: 'LVM2_member' }],
  [
    'DEVNAME=/dev/vdb\nLABEL=cd\nTYPE=iso9660\nUSAGE=filesystem\nPTTYPE=dos\n',
    { kind: 'other', what: 'iso9660 and a partition table (dos)' },
  ],
  ['DEVNAME=/dev/vdb1\nPART_ENTRY_SCHEME=gpt\nPART_ENTRY_NUMBER=1\n', { kind: 'nothing' }],
  ['DEVNAME=/dev/vdb\nNEW_KEY=1\n', { kind: 'other', what: 'something that blkid has no name for' }],
];

test.each(found)('%j', (text, content) => {
  expect(parseBlkid(text, 0).content).toEqual(content);
});

test('the name and the UUID of a partition, with what blkid escapes', () => {
  const text =
    'LABEL=my\\ data\nTYPE=ext4\nUSAGE=filesystem\nPART_ENTRY_NAME=kit:data\nPART_ENTRY_UUID=AB-1\n';
  expect(parseBlkid(text, 0)).toEqual({
    content: { kind: 'file system', type: 'ext4', label: 'my data', uuid: '' },
    partitionName: 'kit:data',
    partitionUuid: 'ab-1',
  });
});

test.each([
  ['', 2, 'nothing'],
  ['AMBIVALENT=raid:ddf_raid_member filesystem:ext4\n', 8, 'other'],
  ['', 4, 'unreadable'],
  ['', 128, 'unreadable'],
  ['x'.repeat(blkidLimits.bytes + 1), 2, 'unreadable'],
  [Array.from({ length: 99 }, (_, at) => `K${at}=1`).join('\n'), 0, 'unreadable'],
] as const)('%j with status %s is %s', (text, status, kind) => {
  expect(parseBlkid(text, status).content.kind).toBe(kind);
});

test('wipefs lists signatures below a line of titles', () => {
  expect(signatureTypes('')).toEqual([]);
  expect(signatureTypes('# offset,uuid,label,type\n')).toEqual([]);
  // That of util-linux 2.41, of a GPT without its MBR.
  expect(signatureTypes('0x200,,,gpt\n0x3fffe00,,,gpt\n')).toEqual(['gpt', 'gpt']);
  expect(signatureTypes('# offset,uuid,label,type\n0x438,u1,data,ext4\n')).toEqual(['ext4']);
});
