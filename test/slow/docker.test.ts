import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { hostArch } from '../../build/host/arch.ts';
import { oneLayerArchive } from '../../build/outputs/docker/one-layer-archive.ts';
import { testWork } from '../../build/testing.ts';
import { tarBytes, tarEntry, textEntry } from '../../lib/archive/tar.ts';
import { boot, scratch, type TestMachine } from '../support/machine.ts';
import { testTools } from '../support/tools.ts';

/** An archive as `docker save` writes it: an image of busybox alone. */
async function writeArchive(path: string): Promise<void> {
  const busybox = readFileSync(join((await testTools()).dir, 'usr/bin/busybox'));
  const files = [
    ...['bin', 'www'].map((name) => tarEntry({ path: name, type: 'directory', mode: 0o755 })),
    textEntry('bin/busybox', busybox, 0o755),
    tarEntry({ path: 'bin/sh', type: 'symlink', linkname: 'busybox', mode: 0o777 }),
    textEntry('www/index.html', 'from a container'),
  ];
  const layer = (): AsyncIterable<Uint8Array> => tarBytes(files);
  const config = { Env: ['PATH=/bin'], Cmd: ['/bin/busybox', 'httpd', '-f', '-p', '80', '-h', '/www'] };
  const image = oneLayerArchive({ name: 'site', arch: hostArch, config, layer }, testWork());
  await pipeline(image, createWriteStream(path));
}

/** The output of Docker's client in the machine. */
async function docker(machine: TestMachine, ...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await machine.exec('docker', args, { service: 'docker' });
  expect(status, await machine.describe(stderr)).toBe(0);
  return stdout;
}

test('docker.yml: the engine runs containers of an archive, with limits and a network', async () => {
  await using folder = await scratch();
  const archive = join(folder.dir, 'site.tar');
  await writeArchive(archive);
  await using machine = await boot('examples/docker.yml', {
    memory: '2G',
    disks: [`${folder.dir}/docker.img,size=2G,serial=kit-data`],
    timeoutMs: 900_000,
  });
  await machine.copyIn(archive, '/var/docker/site.tar');
  expect(await docker(machine, 'load', '--input', '/var/lib/docker/site.tar')).toContain('site:latest');
  const script = 'busybox id -u; busybox cat /sys/fs/cgroup/memory.max; busybox hostname -i';
  const limited = await docker(machine, 'run', '--rm', '--memory', '48m', 'site', 'sh', '-c', script);
  expect(limited).toMatch(/^0\n50331648\n172\.17\.0\.\d+\n$/);
  await docker(machine, 'run', '--detach', '--name', 'web', '--publish', '8080:80', 'site');
  const { port } = await machine.forward('', 8080);
  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(await page.text()).toBe('from a container');
  // Cgroups of containers are below that of the engine.
  const groups = await machine.exec('sh', ['-c', 'ls -d /sys/fs/cgroup/svc/docker/docker/*/memory.max']);
  expect(groups.stdout.trim().split('\n')).toHaveLength(1);
});
