import { join } from 'node:path';
import { expect, test } from 'vitest';
import { boot, scratch } from '../support/machine.ts';
import { writeSiteArchive } from '../vm/site-archive.ts';

test('docker.yml, in a machine: limits of its containers, below those of the engine', async () => {
  await using folder = await scratch();
  const archive = join(folder.dir, 'site.tar');
  await writeSiteArchive(archive);
  await using machine = await boot('examples/docker.yml', {
    memory: '2G',
    disks: [`${folder.dir}/docker.img,size=2G,serial=kit-data`],
    timeoutMs: 900_000,
  });
  const docker = async (...args: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await machine.exec('docker', args, { service: 'docker' });
    expect(status, await machine.describe(stderr)).toBe(0);
    return stdout;
  };
  await machine.copyIn(archive, '/tmp/site.tar', { service: 'docker' });
  expect(await docker('load', '--input', '/tmp/site.tar')).toContain('site:latest');
  const script = 'busybox id -u; busybox cat /sys/fs/cgroup/memory.max; busybox hostname -i';
  const limited = await docker('run', '--rm', '--memory', '48m', 'site', 'sh', '-c', script);
  expect(limited).toMatch(/^0\n50331648\n172\.17\.0\.\d+\n$/);
  await docker('run', '--detach', '--publish', '8080:80', 'site');
  const groups = await machine.exec('sh', ['-c', 'ls -d /sys/fs/cgroup/svc/docker/docker/*/memory.max']);
  expect(groups.stdout.trim().split('\n')).toHaveLength(1);
  const { port } = await machine.forward('', 8080);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('from a container');
});
