import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { bootMachine, type TestMachine } from '../../../build/api/test.ts';
import { hostArch } from '../../../build/host/arch.ts';
import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { makeImage, tarOf } from '../../registry/images.ts';
import { hasContainerUsers } from '../../support/container-users.ts';
import { needsContainers } from '../../support/containers.ts';
import { testTools } from '../../support/tools.ts';
import { layoutOf, makeWorld, type World } from './world.ts';

/** A service that says what it has, and then what it is asked to stop by. */
const script = `
echo "path $PATH home $HOME at $PWD as $(busybox id -u):$(busybox id -g) groups $(busybox id -G)"
busybox cat /data/seed; echo own > /data/new && echo "wrote $(busybox stat -c %a:%u:%g /data)"
busybox touch /root-file || echo "the root is read-only"
trap 'echo graceful; exit 0' QUIT; trap 'echo asked by TERM' TERM
echo up; while true; do busybox sleep 0.1; done`;

/** No PATH, a bare name, a relative folder, a named user, a numbered signal, a check by its own shell. */
const config = {
  ...{ Entrypoint: ['busybox', 'sh', '-c'], Cmd: [script], WorkingDir: 'data', User: 'web' },
  ...{ StopSignal: '3', StopTimeout: 60, Volumes: { '/data/': {} }, ExposedPorts: { '80': {} } },
  Healthcheck: { Test: ['CMD-SHELL', 'busybox test -s /data/new'] },
  Shell: ['busybox', 'sh', '-c'],
};

async function files(): Promise<TarEntry[]> {
  const folder = (path: string, part = {}) => tarEntry({ path, type: 'directory', mode: 0o755, ...part });
  const busybox = readFileSync(join((await testTools()).dir, 'usr/bin/busybox'));
  return [
    ...[folder('bin'), folder('etc'), folder('data', { mode: 0o750, uid: 70, gid: 71 })],
    tarEntry({ path: 'bin/busybox', mode: 0o755, size: busybox.length, body: [busybox] }),
    textEntry('data/seed', 'seed of the image\n'),
    textEntry('etc/passwd', 'root:x:0:0::/root:/bin/sh\nweb:x:70:71::/srv/web:/bin/sh\n'),
    textEntry('etc/group', 'web:x:71:\nlog:x:7:web\n'),
  ];
}

/** What a service says of its user, which is root in a container that has no other. */
const [user, owner] = hasContainerUsers
  ? ['home /srv/web at /data as 70:71 groups 71 7', '70:71']
  : ['home /root at /data as 0:0 groups 0', '0:0'];

describe('what an image configures', { timeout: 300_000, ...needsContainers }, () => {
  let world: World;
  let machine: TestMachine;

  beforeAll(async () => {
    world = makeWorld();
    const image = makeImage({ arch: hostArch, config, layers: [{ tar: await tarOf(await files()) }] });
    await world.writeTar('i.tar', layoutOf([{ image }]));
    const manifest = {
      kernel: { image: 'pkg/kernel' },
      init: ['pkg/init', 'pkg/crun', 'pkg/runc', 'pkg/containerd', 'pkg/supervisor'],
      services: ['crun', 'runc'].flatMap((ociRuntime) =>
        ['new', 'root'].map((userns) => ({
          ...{ name: `${ociRuntime}-${userns}`, image: 'oci-archive:i.tar', readonly: true, restart: 'no' },
          ...{ ociRuntime, userns },
        })),
      ),
    };
    world.write('config.yml', stringify(manifest));
    machine = await bootMachine('config.yml', { backend: 'container', cwd: world.folder });
  }, 600_000);
  afterAll(async () => {
    await machine?.[Symbol.asyncDispose]();
    world?.[Symbol.dispose]();
  });

  test.each(['crun-new', 'crun-root', 'runc-new', 'runc-root'])('%s', async (service) => {
    const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    const said = (text: string) => machine.logs.waitFor(text, { service });
    await said(`path ${path} ${user}`);
    await said('seed of the image');
    await said(`wrote 750:${owner}`);
    await said('the root is read-only');
    await machine.ready();
    expect(await machine.service(service)).toMatchObject({ state: 'ready' });
    await machine.stop(service);
    await said('graceful');
  });
});
