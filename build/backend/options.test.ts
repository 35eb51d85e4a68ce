import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { parseDisk } from '../media/disks.ts';
import { parseCpus, parseMemory, parseSize } from '../media/sizes.ts';
import { chooseMemory, imageName } from './image.ts';
import { parseNetworking } from './networking.ts';
import { checkPorts, parsePublish, publishText } from './publish.ts';

test.each([
  ['2222:22', '127.0.0.1:2222->22/tcp'],
  ['5353:53/udp', '127.0.0.1:5353->53/udp'],
  ['0.0.0.0:8080:80', '0.0.0.0:8080->80/tcp'],
  ['10.1.2.3:1:65535/tcp', '10.1.2.3:1->65535/tcp'],
])('--publish %s', (text, shown) => {
  expect(publishText(parsePublish(text))).toBe(shown);
});

test.each([
  '',
  '22',
  '22:',
  ':22',
  'a:b',
  '0:22',
  '22:0',
  '65536:22',
  '1:2/sctp',
  'localhost:1:2',
  '300.0.0.1:1:2',
  '1:2,hostfwd=x',
])('--publish %j is refused', (text) => {
  expect(() => parsePublish(text)).toThrow(`Cannot publish "${text}"`);
});

test('a TCP port that is taken is named, with a way out', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(checkPorts([parsePublish(`${port}:22`)])).rejects.toMatchObject({
    message: `Cannot publish port ${port} of 127.0.0.1: another program listens there`,
    hint: `choose another port of the host: --publish ${Math.min(65_535, port + 1)}:22`,
  });
  // The same number of the other protocol is another port.
  await checkPorts([parsePublish(`${port}:22/udp`)]);
  await new Promise((resolve) => server.close(resolve));
  await checkPorts([parsePublish(`${port}:22`)]);
});

test('a UDP port that is taken is refused', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  await expect(checkPorts([parsePublish(`${socket.address().port}:53/udp`)])).rejects.toThrow(
    'another program listens there',
  );
  socket.close();
});

test('a port is published once, on an address that the host has', async () => {
  await expect(checkPorts([parsePublish('40022:22'), parsePublish('40022:23')])).rejects.toThrow(
    'Cannot publish 127.0.0.1:40022/tcp twice',
  );
  await expect(checkPorts([parsePublish('192.0.2.1:40022:22')])).rejects.toThrow(
    'this host has no such address',
  );
});

test('memory, processors and sizes', () => {
  expect(['512', '512M', '1G', '1.5GiB', '2097152k'].map(parseMemory)).toEqual([512, 512, 1024, 1536, 2048]);
  expect(parseSize('a size', '4', 'g')).toBe(4 * 2 ** 30);
  for (const text of ['', '0', '-1', '1P', 'lots', '10M10'])
    expect(() => parseMemory(text)).toThrow(`"${text}"`);
  expect(() => parseMemory('63M')).toThrow('no kernel boots in less than 64 MiB');
  expect(parseCpus('4')).toBe(4);
  for (const text of ['0', '65', '1.5', 'x', '']) expect(() => parseCpus(text)).toThrow(`"${text}"`);
});

test.each([
  ['d.img', { path: '/w/d.img', format: 'raw', sizeBytes: undefined }],
  ['file=d.img,size=1G', { path: '/w/d.img', format: 'raw', sizeBytes: 2 ** 30 }],
  ['/x/d.qcow2,size=2', { path: '/x/d.qcow2', format: 'qcow2', sizeBytes: 2 ** 31 }],
  ['d,format=qcow2,size=64M', { path: '/w/d', format: 'qcow2', sizeBytes: 2 ** 26 }],
  ['size=1G,file=d=1.vmdk', { path: '/w/d=1.vmdk', format: 'vmdk', sizeBytes: 2 ** 30 }],
  ['a b.vhd', { path: '/w/a b.vhd', format: 'vhd', sizeBytes: undefined }],
  ['size=1', { path: undefined, format: 'raw', sizeBytes: 2 ** 30 }],
])('--disk %s', (text, disk) => {
  expect(parseDisk(text, '/w')).toEqual(disk);
});

test.each([
  ['', 'the path is missing'],
  ['format=raw', 'the path is missing'],
  ['d,size', 'no option "size"'],
  ['d,size=', 'the size of a disk'],
  ['d,sizes=1G', 'no option "sizes"'],
  ['d,format=vdi', 'no format "vdi"'],
])('--disk %j is refused', (text, reason) => {
  expect(() => parseDisk(text, '/w')).toThrow(reason);
});

test('a machine gets the memory that its image needs', () => {
  expect(chooseMemory(undefined, 'web', 352)).toBe(1024);
  expect(chooseMemory(undefined, 'web', 2000)).toBe(3008);
  expect(chooseMemory(352, 'web', 352)).toBe(352);
  // A disk does not tell what it needs.
  expect(chooseMemory(undefined, 'web', undefined)).toBe(1024);
  expect(chooseMemory(64, 'web', undefined)).toBe(64);
  expect(() => chooseMemory(256, 'web', 352)).toThrow(
    'Cannot run "web" with 256 MiB of memory: it needs at least 352 MiB',
  );
});

test('an image gives its name', () => {
  const kernels = ['out/web', 'web-kernel', '/x/web-initrd.img', 'web-squashfs.img', 'examples/web.yml'];
  const files = ['web.iso', 'web-efi.iso', 'web-efi-initrd.iso', 'web-bios.img', 'web-efi.img', 'web.efi'];
  const disks = ['web.qcow2', 'web-efi.qcow2', 'web.raw', 'web.vhd', 'web.vmdk', 'web.img.tar.gz'];
  for (const image of [...kernels, ...files, ...disks]) expect(imageName(image), image).toBe('web');
});

test('networking', () => {
  expect(parseNetworking('user', true)).toEqual({ kind: 'user' });
  expect(parseNetworking('none', false)).toEqual({ kind: 'none' });
  expect(parseNetworking('tap,tap0', false)).toEqual({ kind: 'tap', interface: 'tap0' });
  for (const text of ['', 'tap', 'tap,', 'user,x', 'tap,a,b', 'tap,a/b', 'nat'])
    expect(() => parseNetworking(text, false)).toThrow(`Cannot use networking "${text}"`);
  expect(() => parseNetworking('none', true)).toThrow('Cannot publish ports with networking "none"');
});
