import { createReadStream } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostArch } from '../../build/host/arch.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { silent } from '../../build/host/progress.ts';
import { kernelFiles } from '../../build/image/kernel/kernel-files.ts';
import { resolveImage } from '../../build/images/resolve.ts';
import { parseImageRef } from '../../build/reference/image-ref.ts';
import { testWork } from '../../build/testing.ts';
import { readTar } from '../../lib/archive/tar.ts';
import { machineNamed, scratch, shell, type TestMachine } from '../support/machine.ts';
import { needs } from '../support/needs.ts';
import { kit } from '../support/run-kit.ts';

const onAmd64 = needs('amd64, for pkg/kernel-metal', hostArch === 'amd64');

/** One boot of metal.yml with pkg/kernel-metal, on hardware that resembles a server. */
describe('a server', onAmd64, () => {
  let folder: Awaited<ReturnType<typeof scratch>>;
  let machine: TestMachine;

  beforeAll(async () => {
    folder = await scratch();
    await writeFile(join(folder.dir, 'host'), 'from the host\n');
    // 9p translates no owners: for root of the machine it is the folder of another user.
    await chmod(folder.dir, 0o777);
    machine = machineNamed(`test-${process.pid}-metal`);
    const disk = `${join(folder.dir, 'data.img')},size=64M,serial=kit-data`;
    const devices = [
      '--disk',
      disk,
      '--share',
      `${folder.dir}:src,9p`,
      '--data',
      '#cloud-config\nhostname: rack-7\n',
    ];
    const manifest = join(kitRoot, 'test/vm/metal.yml');
    const server = ['--hardware', 'server', ...devices, '--timeout', '900'];
    const { status, stderr } = await kit('run', '--detach', '--name', machine.name, ...server, manifest);
    expect(status, await machine.describe(stderr)).toBe(0);
  }, 1_200_000);

  afterAll(async () => {
    await machine?.[Symbol.asyncDispose]();
    await folder?.[Symbol.asyncDispose]();
  });

  const driverOf = (device: string): Promise<string> =>
    shell(machine, `basename $(readlink -f /sys/${device}/driver)`);

  test('its disk, at AHCI, was formatted and is mounted', async () => {
    const mounts = await shell(machine, 'grep /var/data /proc/mounts');
    expect(mounts, await machine.describe(mounts)).toMatch(/^\/dev\/sd[a-z]\d* \/var\/data ext4 rw/);
    expect(await shell(machine, 'readlink -f /sys/block/sda')).toMatch(/\/ata\d+\//);
    expect(await shell(machine, 'cat /sys/bus/pci/drivers/ahci/*/class')).toBe('0x010601\n');
  });

  test('its network card, an e1000e, has an address', async () => {
    expect(await driverOf('class/net/eth0/device')).toBe('e1000e\n');
    expect(await shell(machine, 'ip -4 -o addr show eth0')).toContain('inet 10.0.2.15/');
  });

  test("the chipset's watchdog counts", async () => {
    expect(await shell(machine, 'cat /sys/class/watchdog/watchdog0/identity')).toBe('iTCO_wdt\n');
    expect((await machine.console()).replaceAll('\r', '')).toMatch(/^kit: watchdog .*iTCO_wdt, 60 s/m);
  });

  test('a folder of the host is mounted over 9p', async () => {
    expect(await shell(machine, 'grep " 9p " /proc/mounts')).toContain('trans=virtio');
    expect(await shell(machine, 'cat /run/kit/shares/src/host')).toBe('from the host\n');
    const written = (): Promise<string> => readFile(join(folder.dir, 'guest'), 'utf8').catch(() => '');
    await machine.until('what a service writes', written, (text) => text === 'seen\n');
  });

  test('a USB stick is seen, and its metadata obeyed', async () => {
    expect(await shell(machine, 'ls /sys/bus/usb/drivers/usb-storage')).toMatch(/^\d+-\d+:1\.0$/m);
    expect(await shell(machine, 'hostname')).toBe('rack-7\n');
  });

  test('its management controller and its sensors have drivers', async () => {
    const modules = await shell(machine, 'cut -d " " -f 1 /proc/modules');
    const wanted = ['ipmi_si', 'i2c_i801', 'lpc_ich', 'xhci_pci'];
    expect(modules.split('\n')).toEqual(expect.arrayContaining(wanted));
  });

  test('no module failed, and no firmware is missed', async () => {
    const console = await machine.console();
    expect(console).not.toMatch(/module \w+ failed/);
    expect(console).not.toMatch(/firmware.*failed|failed.*firmware/);
  });
});

test(
  "firmware follows the modules of a list of one's own; what no package has is named",
  onAmd64,
  async () => {
    const lines: string[] = [];
    const work = testWork({ progress: { ...silent, line: (text) => void lines.push(text) } });
    const image = await resolveImage(parseImageRef('pkg/kernel-metal', { folder: kitRoot }), work);
    const words = ['-bnx2x', 'qlcnic', 'nfp'].map((text) => ({ text }));
    const list = { image: 'pkg/kernel-metal', words, always: [] };
    const { modules } = await kernelFiles(image, {}, list, work);
    const found = new Map<string, string>();
    for await (const { path, type, linkname } of readTar(createReadStream(modules?.path ?? ''), 'modules'))
      found.set(path.replace(/^usr\//, ''), type === 'symlink' ? linkname : type);
    const paths = [...found.keys()];
    expect(paths).toEqual(expect.arrayContaining(['lib/firmware/phanfw.bin', 'lib/firmware/tigon/tg3.bin']));
    expect(paths.filter((path) => path.startsWith('lib/firmware/bnx2x/'))).toEqual([]);
    expect(found.get('share/doc/firmware-bnx2/copyright')).toBe('file');
    expect(found.get('share/doc/firmware-qlogic/copyright')).toBe('../firmware-bnx2/copyright');
    expect(paths.filter((path) => path.endsWith('/copyright'))).toHaveLength(11);
    expect(lines.join('\n')).toMatch(
      /there is no firmware netronome\/nic_.*, which modules of the list name/,
    );
  },
);

test("pkg/kernel, for virtual machines, has no drivers of a server's, and kit run says so", async () => {
  const image = join(kitRoot, 'examples/minimal.yml');
  const { status, stderr } = await kit('run', '--detach', '--hardware', 'server', '--arch', 'amd64', image);
  expect(status).toBe(1);
  expect(stderr).toContain('on hardware "server": its kernel lacks "e1000e", for its network');
  expect(stderr).toContain('(hint: kernel: {image: pkg/kernel-metal} has the drivers of servers');
});
