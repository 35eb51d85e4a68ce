import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { needsCgroups } from '../support/containers.ts';
import { boot, scratch } from '../support/machine.ts';
import { writeSiteArchive } from './site-archive.ts';

/** Limits need control groups of version 2, which a host may lack: test/slow/docker.test.ts has them. */
describe('in a container', needsCgroups, () => {
  test.each(['docker', 'podman'])('%s.yml: the engine runs a container of an archive', async (engine) => {
    await using folder = await scratch();
    const archive = join(folder.dir, 'site.tar');
    await writeSiteArchive(archive);
    await using machine = await boot(`examples/${engine}.yml`, {
      backend: 'container',
      disks: [`${folder.dir}/data.img,size=1G,serial=kit-data`],
    });
    const run = async (...args: readonly string[]): Promise<string> => {
      const { status, stdout, stderr } = await machine.exec(engine, args, { service: engine });
      expect(status, await machine.describe(stderr)).toBe(0);
      return stdout;
    };
    await machine.copyIn(archive, '/tmp/site.tar', { service: engine });
    expect(await run('load', '--input', '/tmp/site.tar')).toContain('site:latest');
    expect(await run('run', '--rm', 'site', 'sh', '-c', 'busybox id -u; busybox hostname')).toMatch(
      /^0\n[0-9a-f]{12}\n$/,
    );
    await run('run', '--detach', '--publish', '8080:80', 'site');
    const { port } = await machine.forward('', 8080);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('from a container');
  });
});
