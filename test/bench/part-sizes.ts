import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { measure } from './measure.ts';

type Row = (name: string, value: string) => void;
type Manifest = Readonly<Record<string, unknown>>;

const kit = join(kitRoot, 'kit');
const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

/** A machine with one Node service, and so with the runtime that most of the others share. */
export const plain = {
  kernel: { image: 'pkg/kernel', cmdline: 'console=ttyS0' },
  init: ['pkg/init', 'pkg/crun', 'pkg/containerd', 'pkg/supervisor'],
  services: [{ name: 'web', image: join(kitRoot, 'examples/node-app') }],
};
const service = (name: string): Manifest => ({
  services: [...plain.services, { name, image: `pkg/${name}` }],
});
export const task = (name: string, command?: readonly string[]): Manifest => ({
  onboot: [{ name, image: `pkg/${name}`, ...(command && { command }) }],
});
export const disks = {
  disks: [{ name: 'data', match: { serial: 'kit-data' }, filesystem: { type: 'ext4' }, mount: '/var/data' }],
};

/** What each part is in a manifest. */
const parts: Readonly<Record<string, Manifest>> = {
  ...Object.fromEntries(
    ['dhcp', 'ntp', 'metrics', 'dns-cache', 'syslog', 'sshd'].map((name) => [name, service(name)]),
  ),
  metadata: task('metadata'),
  'metadata-cloud': task('metadata-cloud'),
  ip: task('ip', ['ip', 'address']),
  wireguard: task('wireguard', ['wg']),
  disks,
  'disks, encrypted': {
    disks: disks.disks.map((disk) => ({ ...disk, encrypt: { luks2: true, key: { tpm: true } } })),
  },
  watchdog: { watchdog: { timeout: '30s' } },
};

/** The bytes that each part adds to kernel and initrd. */
export async function sizeRows(dir: string, record: Row): Promise<void> {
  const before = await sizeOf(dir, 'plain', {});
  for (const [name, part] of Object.entries(parts))
    record(`${name}: bytes that it adds`, mega((await sizeOf(dir, name, part)) - before));
}

async function sizeOf(dir: string, name: string, part: Manifest): Promise<number> {
  const manifest = await write(dir, name, part);
  await measure(kit, ['build', '--dir', dir, manifest], kitRoot);
  const files = ['kernel', 'initrd.img'].map((end) => stat(join(dir, `part-${name}-${end}`)));
  return (await Promise.all(files)).reduce((sum, { size }) => sum + size, 0);
}

async function write(dir: string, name: string, part: Manifest): Promise<string> {
  const path = join(dir, `part-${name}.yml`);
  await writeFile(path, JSON.stringify({ ...plain, ...part }));
  return path;
}
