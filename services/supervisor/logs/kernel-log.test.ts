import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogFolder } from '../../../lib/log/folder.ts';
import { LogReader } from '../../../lib/log/reader.ts';
import { LogWriter } from '../../../lib/log/writer.ts';
import { copyKernelLog } from './kernel-log.ts';
import { parseKernelRecord } from './kernel-record.ts';

const parse = (text: string) => parseKernelRecord(Buffer.from(text));

test.each([
  [
    '6,339,5140900,-;NET: Registered',
    { level: 'info', sequence: 339, monotonicUs: 5_140_900, text: 'NET: Registered' },
  ],
  // Facility 1: written by a program. Fields may follow the flags; continuation lines describe the device.
  ['12,7,1,-,caller=T1;hello; you\n SUBSYSTEM=pci\n', { level: 'warning', sequence: 7, text: 'hello; you' }],
  ['3,8,2,c;', { level: 'err', text: '' }],
  ['4,9,3,-;gr\\xc3\\xbc\\xc3\\x9f \\x5cn \\x1b[0m', { text: 'grüß \\n \\x1b[0m' }],
])('%j', (text, record) => {
  expect(parse(text)).toMatchObject(record);
});

test('other bytes are not a record', () => {
  for (const text of ['', 'x', '6,1,2', '6,1;x', '-1,2,3,-;x', '6,99999999999999999999,3,-;x'])
    expect(parse(text)).toBeUndefined();
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseKernelRecord(Buffer.from(bytes))));
});

test('without a kernel log the only line says so', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-kernel-'));
  for (let start = 0; start < 2; start += 1)
    copyKernelLog(new LogWriter(new LogFolder(folder), 'kernel'), join(folder, 'kmsg'));
  const lines = [...new LogReader(folder, 'kernel').read()].map(({ stream, msg }) => `${stream}: ${msg}`);
  expect(lines).toEqual(["kit: cannot read the kernel's log: a container has no kernel log of its own"]);
  rmSync(folder, { recursive: true });
});
