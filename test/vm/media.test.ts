import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isoVolume } from '../../build/binary/iso9660/iso-volume.ts';
import { writePieces } from '../../build/pieces/write-pieces.ts';
import { type TarEntry, tarEntry, textEntry } from '../../lib/archive/tar.ts';
import { boot, scratch } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

/**
 * Builds a small manifest in every format that has the root on a medium, in one run, and boots the results.
 * Its service prints its view of the machine, and reads a volume of unusual files through the kernel.
 */
let folder: Awaited<ReturnType<typeof scratch>>;
let built: { readonly files: readonly { readonly path: string }[]; readonly memoryMiB: number };

/**
 * The service prints the machine's memory and mounts, and the files of the volume on the disk after the
 * medium.
 */
const look = `
echo "memory $(grep -E '^(MemAvailable|Shmem):' /proc/meminfo | tr -s ' \\n' ' ')"
grep -E ' /run/(kit/medium|layerfiles) ' /proc/1/mounts | cut -d ' ' -f 1-3 | sed 's/^/mount /'
mkdir /odd
for disk in /dev/vda /dev/vdb; do
  mount -t iso9660 -o ro "$disk" /odd && [ -e /odd/odd ] && break
done 2>/dev/null
cd /odd && find odd | sort | while read -r path; do
  stat="$(stat -c '%n %f %u:%g %h %t:%T %Y' "$path")"
  target="$(readlink "$path" | md5sum | cut -c 1-8)"
  echo "odd $stat $target $([ ! -f "$path" ] || md5sum <"$path" | cut -c 1-8)"
done
echo done
trap exit TERM
sleep 1000000 & wait`;

const manifest = {
  kernel: { image: 'pkg/kernel', cmdline: 'console=ttyS0' },
  init: ['pkg/init', 'pkg/crun', 'pkg/containerd', 'pkg/supervisor'],
  services: [
    {
      ...{ name: 'look', image: 'pkg/busybox', command: ['/usr/bin/sh', '-c', look] },
      ...{ pid: 'host', capabilities: ['all'], binds: ['/dev:/dev'] },
      devices: [{ path: 'all', type: 'b' }],
    },
  ],
};

beforeAll(async () => {
  folder = await scratch();
  const file = join(folder.dir, 'm.yml');
  await writeFile(file, JSON.stringify(manifest));
  const formats = ['kernel+squashfs', 'kernel+erofs', 'iso-bios', 'iso-efi'];
  const made = await kit('build', '--format', formats.join(','), '--dir', folder.dir, '--json', file);
  expect(made.status, made.stderr).toBe(0);
  built = JSON.parse(made.stdout);
  const volume = { volumeId: 'ODD', id: '00000000', walk: odd };
  await writePieces(join(folder.dir, 'odd.img'), await isoVolume(volume), new AbortController().signal);
});
afterAll(() => folder?.[Symbol.asyncDispose]());

test('one build writes all formats', () => {
  expect(built.files.map(({ path }) => path.slice(folder.dir.length + 1)).sort()).toEqual(
    ['m-kernel', 'm-stage1.img', 'm-cmdline', 'm-squashfs.img', 'm-erofs.img', 'm.iso', 'm-efi.iso'].sort(),
  );
});

/** These would not boot with the root in memory: an initramfs of all layers needs 50 MiB more. */
describe('boots in the least memory with the root on the medium', () => {
  test.each([
    ['m-squashfs.img', 'squashfs', '/dev/vda'],
    ['m-erofs.img', 'erofs', '/dev/vda'],
    ['m.iso', 'iso9660', '/dev/sr0'],
    ['m-efi.iso', 'iso9660', '/dev/sr0'],
  ])('%s', async (image, type, device) => {
    const options = { disks: [`${join(folder.dir, 'odd.img')},format=raw`], memory: built.memoryMiB };
    await using machine = await boot(join(folder.dir, image), options);
    const lines = await machine.until(
      'printed',
      async () =>
        (await kit('logs', machine.name, 'look')).stdout
          .split('\n')
          .map((line) => line.replace(/^look: /, '')),
      (all) => all.includes('done'),
    );
    const mounts = lines.filter((line) => line.startsWith('mount '));
    expect(mounts, await machine.describe(lines.join('\n'))).toEqual([
      `mount ${device} /run/kit/medium ${type}`,
      `mount ${device} /run/layerfiles ${type}`,
    ]);
    const [, available, shared] = /MemAvailable: (\d+) kB Shmem: (\d+)/.exec(lines.join('\n')) ?? [];
    // An initramfs of layers adds 70 MB to Shmem.
    expect(Number(shared)).toBeLessThan(16 << 10);
    expect(Number(available)).toBeGreaterThan(0);
    if (type === 'iso9660') expect(lines.filter((line) => line.startsWith('odd '))).toEqual(oddLines());
    expect((await kit('stop', machine.name)).status).toBe(0);
  });
});

const longLink = Array.from({ length: 19 }, (_, at) => String.fromCharCode(97 + at).repeat(190)).join('/');

function* odd(): Generator<TarEntry> {
  yield tarEntry({ path: 'odd', type: 'directory', mode: 0o1777, uid: 5, gid: 70_000, mtime: 1_500_000_000 });
  yield textEntry('odd/empty', '');
  yield textEntry('odd/file', 'of no great length', 0o4755);
  yield tarEntry({ path: 'odd/hard', type: 'hardlink', linkname: 'odd/file' });
  yield textEntry(`odd/${'n'.repeat(253)}`, 'long name');
  yield tarEntry({ path: 'odd/link', type: 'symlink', linkname: `/usr/../${'y'.repeat(255)}/./z` });
  yield tarEntry({ path: 'odd/long', type: 'symlink', linkname: longLink });
  yield tarEntry({ path: 'odd/null', type: 'char', devmajor: 1, devminor: 3, mode: 0o666 });
  yield tarEntry({ path: 'odd/pipe', type: 'fifo' });
  yield tarEntry({ path: 'odd/disk', type: 'block', devmajor: 259, devminor: 1000, mode: 0o600 });
  yield tarEntry({ path: 'odd/whiteout', type: 'char', mode: 0 });
  for (let at = 0; at < 20; at += 1)
    yield textEntry(`odd/many/${'m'.repeat(100)}-${at}`, `${at}`.repeat(3000));
}

const typeBits = { file: 8, hardlink: 8, directory: 4, symlink: 10, char: 2, block: 6, fifo: 1 } as const;

/** The expected output of the guest's stat, readlink and md5sum for `odd`. */
function oddLines(): string[] {
  const entries = [...odd(), tarEntry({ path: 'odd/many', type: 'directory' })];
  const first = entries.find(({ path }) => path === 'odd/file');
  return entries
    .map((entry) => {
      const like = entry.type === 'hardlink' && first ? first : entry;
      const { type, mode, uid, gid, mtime, devmajor, devminor } = like;
      const links = type === 'directory' ? (entry.path === 'odd' ? 3 : 2) : like === first ? 2 : 1;
      const bits = ((typeBits[type] << 12) | mode).toString(16);
      const target = type === 'symlink' ? `${like.linkname}\n` : '';
      const body = type === 'file' ? ` ${md5(Buffer.concat([...(like.body as Iterable<Uint8Array>)]))}` : ' ';
      const device = `${devmajor.toString(16)}:${devminor.toString(16)}`;
      return `odd ${entry.path} ${bits} ${uid}:${gid} ${links} ${device} ${mtime} ${md5(target)}${body}`;
    })
    .sort();
}

const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex').slice(0, 8);
