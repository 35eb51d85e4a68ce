import { expect, test } from 'vitest';
import { bundle, type Fields, linuxkit, scope } from '../testing.ts';
import type { ImageVolume } from './image-volumes.ts';

const data: ImageVolume = { path: '/srv/data', mode: 0o750, uid: 70, gid: 71, bytes: 10 };
const volumesOf = (fields: Fields, volumes: readonly ImageVolume[] = [data], at = scope) =>
  bundle({ readonly: true, ...fields }, {}, { Cmd: ['c'] }, { ...at, imageVolumes: volumes })
    .spec.mounts.filter(({ options = [] }) => options.includes('tmpcopyup'))
    .map(({ destination, type, options = [] }) => `${type} ${destination} ${options.join()}`);

const mounted = 'tmpfs /srv/data nosuid,nodev,tmpcopyup,mode=750,uid=70,gid=71';

test('with a read-only root a volume of the image is writable, and starts with its files', () => {
  expect(volumesOf({})).toEqual([mounted]);
  expect(volumesOf({ readonly: false })).toEqual([]);
  expect(volumesOf({}, [data], linuxkit)).toEqual([]);
});

test('what the entry mounts there or above it comes first; what it mounts below lies in the volume', () => {
  for (const fields of [{ tmpfs: ['/srv/data'] }, { binds: ['data:/srv:rw'] }, { binds: ['/x:/srv/data'] }])
    expect(volumesOf(fields)).toEqual([]);
  for (const fields of [{ tmpfs: ['/srv/data/tmp'] }, { tmpfs: ['/srv/dat'] }])
    expect(volumesOf(fields)).toEqual([mounted]);
});

test('an owner beyond the ids of a user namespace stays root', () => {
  const mounts = volumesOf({}, [{ ...data, uid: 100_000 }]);
  expect(mounts).toEqual(['tmpfs /srv/data nosuid,nodev,tmpcopyup,mode=750']);
});

test('what is too large to be copied at each start is refused, unless nothing has to be copied', () => {
  const large = [{ ...data, bytes: (64 << 20) + 1 }];
  expect(() => volumesOf({}, large)).toThrow('its volume "/srv/data" has 65 MiB of files');
  expect(volumesOf({ binds: ['data:/srv/data'] }, large)).toEqual([]);
  expect(volumesOf({ readonly: false }, large)).toEqual([]);
});
