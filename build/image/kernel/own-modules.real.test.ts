import { createReadStream } from 'node:fs';
import { expect, test } from 'vitest';
import { bodyBytes, readTar } from '../../../lib/archive/tar.ts';
import { kitRoot } from '../../host/paths.ts';
import { resolveImage } from '../../images/resolve.ts';
import { parseImageRef } from '../../reference/image-ref.ts';
import { testWork } from '../../testing.ts';
import { kernelFiles } from './kernel-files.ts';

test("a list of one's own: the modules, their needs and depmod's tables, and no others", async () => {
  const work = testWork();
  const image = await resolveImage(parseImageRef('pkg/kernel', { folder: kitRoot }), work);
  const words = ['-*', 'raid1', 'dummy'].map((text) => ({ text }));
  const list = { image: 'pkg/kernel', words, always: ['loop', 'erofs'] };
  const { modules, stage1 } = await kernelFiles(image, {}, list, work);
  const names: string[] = [];
  let [dep, index] = ['', ''];
  for await (const entry of readTar(createReadStream(modules?.path ?? ''), 'modules')) {
    if (entry.path.endsWith('.ko.xz')) names.push(entry.path.replace(/^.*\//, ''));
    if (entry.path.endsWith('/modules.dep')) dep = String(await bodyBytes(entry));
    if (entry.path.endsWith('/kit-index.json')) index = String(await bodyBytes(entry));
  }
  // crc32c for this processor is what erofs asks for; on another architecture it has another name.
  expect(names.filter((name) => !name.includes('crc32')).sort()).toEqual([
    ...['dummy.ko.xz', 'erofs.ko.xz', 'loop.ko.xz', 'md-mod.ko.xz', 'raid1.ko.xz'],
  ]);
  expect(dep).toMatch(/raid1\.ko\.xz: kernel\/drivers\/md\/md-mod\.ko\.xz$/m);
  expect(Object.keys(JSON.parse(index).modules)).toContain('md_mod');
  expect(stage1.layers.map(({ name }) => name.replace(/^\d+-/, ''))).toContain('erofs.ko.xz');
  expect(stage1.storage).toEqual([]);
});

test('an unknown name is an error with the nearest name of this kernel', async () => {
  const work = testWork();
  const image = await resolveImage(parseImageRef('pkg/kernel', { folder: kitRoot }), work);
  const list = { image: 'pkg/kernel', words: [{ text: 'hv_netvcs' }], always: [] };
  await expect(kernelFiles(image, {}, list, work)).rejects.toThrow(
    'Cannot find kernel module "hv_netvcs" in "pkg/kernel" (did you mean "hv_netvsc"?)',
  );
});

/** Drivers of disks, networks and clocks by where machines run: docs/clouds.md, docs/kernel.md. */
const platforms: Readonly<Record<string, readonly string[]>> = {
  'KVM and QEMU': ['virtio_blk', 'virtio_scsi', 'virtio_net', 'ahci', 'nvme', 'ptp_kvm'],
  'Azure and Hyper-V': ['hv_netvsc', 'hv_storvsc', 'hv_utils', 'mana'],
  Xen: ['xen_netfront', 'xen_blkfront'],
  AWS: ['ena', 'nvme'],
  'Google Cloud': ['gve', 'virtio_scsi', 'nvme'],
  VMware: ['vmxnet3', ...(process.arch === 'x64' ? ['vmw_pvscsi'] : [])],
};

test.each(Object.entries(platforms))('pkg/kernel has the drivers of %s', async (_platform, wanted) => {
  const work = testWork();
  const image = await resolveImage(parseImageRef('pkg/kernel', { folder: kitRoot }), work);
  const { drivers = [] } = await kernelFiles(image, {}, undefined, work);
  expect(wanted.filter((name) => !drivers.includes(name))).toEqual([]);
});
