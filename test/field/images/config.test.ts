import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitImageDefaults } from '../../../build/spec/image/image-defaults.ts';
import { imageHints } from '../../../build/spec/image/image-hints.ts';
import type { RunConfig } from '../../../lib/oci/types.ts';
import { imageOf, layoutOf, makeWorld, type World } from './world.ts';

/*
 * Configurations of images as umoci and skopeo write them.
 */

let world: World;
beforeAll(async () => {
  world = makeWorld();
  await world.run('umoci', 'init', '--layout', 'u');
  await world.run('umoci', 'new', '--image', 'u:bare');
}, 300_000);
afterAll(() => world[Symbol.dispose]());

const configOf = async (name: string): Promise<RunConfig> => (await world.resolve(name)).config.config;

test('an image of umoci that sets nothing', async () => {
  expect(await configOf('oci:u:bare')).toEqual({});
});

test('every field that umoci sets', async () => {
  const fields = {
    user: ['web:log'],
    exposedports: ['80/tcp', '53/udp'],
    env: ['A=1', 'B=x y'],
    entrypoint: ['/e', 'a b'],
    cmd: ['c'],
    volume: ['/data', '/var/lib/x'],
    label: ['org.example.a=b'],
    workingdir: ['/srv'],
    stopsignal: ['SIGRTMIN+3'],
  };
  const flags = Object.entries(fields).flatMap(([name, values]) =>
    values.flatMap((value) => [`--config.${name}`, value]),
  );
  await world.run('umoci', 'config', '--image', 'u:bare', '--tag', 'full', ...flags);
  const wanted: RunConfig = {
    ...{ User: 'web:log', Env: ['A=1', 'B=x y'], Entrypoint: ['/e', 'a b'], Cmd: ['c'], WorkingDir: '/srv' },
    ...{ Labels: { 'org.example.a': 'b' }, StopSignal: 'SIGRTMIN+3' },
    ...{ Volumes: { '/data': {}, '/var/lib/x': {} }, ExposedPorts: { '80/tcp': {}, '53/udp': {} } },
  };
  expect(await configOf('oci:u:full')).toEqual(wanted);
  await world.run('skopeo', 'copy', '-q', 'oci:u:full', 'docker-archive:full.tar:me/full:1');
  expect(await configOf('docker-archive:full.tar')).toEqual(wanted);
  const hints = imageHints(wanted);
  expect(hints).toEqual({ ports: ['80/tcp', '53/udp'], volumes: ['/data', '/var/lib/x'], missed: [] });
});

test("Docker's own fields, in an archive of skopeo", async () => {
  const config = {
    Healthcheck: { Test: ['CMD-SHELL', 'curl -f localhost || exit 1'], Interval: 5e9, Retries: 2 },
    ...{
      Shell: ['/bin/bash', '-c'],
      StopTimeout: 90,
      OnBuild: ['RUN x'],
      ArgsEscaped: true,
      Entrypoint: ['/e'],
    },
    ...{ Hostname: 'a1b2', Domainname: '', AttachStdin: false, Tty: false, Image: 'sha256:1', Volumes: null },
  };
  await world.writeTar('i.tar', layoutOf([{ image: await imageOf('one', { config }) }]));
  await world.run('skopeo', 'copy', '-q', 'oci-archive:i.tar', 'docker-archive:d.tar:me/d:1');
  for (const name of ['oci-archive:i.tar', 'docker-archive:d.tar']) {
    const image = await configOf(name);
    expect(image.missed, name).toBeUndefined();
    expect(kitImageDefaults(image, 'services', undefined), name).toEqual({
      ...{ command: ['/e'], stopTimeout: '90s' },
      ready: {
        exec: ['/bin/bash', '-c', 'curl -f localhost || exit 1'],
        ...{ interval: '5s', timeout: '30s', retries: 2 },
      },
    });
  }
});
