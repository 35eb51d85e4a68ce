import { expect, test } from 'vitest';
import { firmwareFor, parseModinfo } from './firmware.ts';
import { parseDependencies } from './modules.ts';

test('what modinfo prints of several modules', () => {
  const text = `filename:       /tmp/x/usr/lib/modules/6.12/kernel/drivers/net/bnx2.ko.xz
firmware:       bnx2/a.fw
firmware:       bnx2/b.fw
version:        2.2.6
description:    a driver whose filename: is no field
filename:       kernel/fs/erofs/erofs.ko.xz
license:        GPL
`;
  expect([...parseModinfo(text)]).toEqual([
    ['kernel/drivers/net/bnx2.ko.xz', ['bnx2/a.fw', 'bnx2/b.fw']],
    ['kernel/fs/erofs/erofs.ko.xz', []],
  ]);
});

const named = parseDependencies('kernel/a.ko: x.fw gone.fw\nkernel/b.ko: x.fw brcm/*.bin none/*.bin\n');
const present = ['x.fw', 'y.fw', 'brcm/1.bin', 'brcm/2.bin', 'brcm/2.txt'];

test.each([
  [['kernel/a.ko'], ['x.fw'], ['gone.fw']],
  [
    ['kernel/b.ko', 'kernel/a.ko'],
    ['brcm/1.bin', 'brcm/2.bin', 'x.fw'],
    ['gone.fw', 'none/*.bin'],
  ],
  [['kernel/c.ko'], [], []],
])('the firmware of %j: what is there, and what is not', (modules, files, missing) => {
  expect(firmwareFor(modules, named, present)).toEqual({ files, missing });
});
