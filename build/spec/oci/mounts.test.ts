import { describe, expect, test } from 'vitest';
import { bundle, type Fields, spec } from '../testing.ts';

describe('mounts', () => {
  const mount = (fields: Fields, destination: string) =>
    spec(fields).mounts.find((one) => one.destination === destination);
  test.each<[string, Fields, object]>([
    [
      'a bind',
      { binds: ['/a:/b'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['rw', 'rbind', 'rshared'] },
    ],
    [
      'a bind with options',
      { binds: ['/a:/b:ro'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['ro', 'rbind', 'rro'] },
    ],
    [
      'a bind with the option rbind',
      { binds: ['/a:/b:rbind,ro'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['ro', 'rbind', 'rro'] },
    ],
    [
      'a bind that is read-only but for what is mounted below it',
      { binds: ['/a:/b:ro,rrw'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['ro', 'rrw', 'rbind'] },
    ],
    [
      'a bind whose last word is rw',
      { binds: ['/a:/b:ro,rw'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['ro', 'rw', 'rbind'] },
    ],
    [
      'a bind with a hidden path below it',
      { binds: ['/a:/b'], maskedPaths: ['/b/c'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['rw', 'rbind', 'rslave'] },
    ],
    [
      'a bind with a read-only path at its place',
      { binds: ['/a:/b:ro'], readonlyPaths: ['/b'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['ro', 'rbind', 'rslave', 'rro'] },
    ],
    [
      'a private bind with a hidden path below it',
      { binds: ['/a:/b:rprivate'], maskedPaths: ['/b/c'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['rprivate', 'rbind'] },
    ],
    [
      'a bind beside a hidden path',
      { binds: ['/a:/b'], maskedPaths: ['/bc'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['rw', 'rbind', 'rshared'] },
    ],
    [
      'a volume',
      { binds: ['data:/b'] },
      {
        destination: '/b',
        type: 'bind',
        source: '/containers/volumes/data/merged',
        options: ['rw', 'rbind', 'rshared'],
      },
    ],
    [
      'a volume in mounts',
      { mounts: [{ type: 'bind', source: 'data', destination: '/b' }] },
      {
        destination: '/b',
        type: 'bind',
        source: '/containers/volumes/data/merged',
        options: ['rbind'],
      },
    ],
    [
      'a readonly volume',
      { binds: ['fixed:/b:ro'] },
      {
        destination: '/b',
        type: 'bind',
        source: '/containers/volumes/fixed/merged',
        options: ['ro', 'rbind', 'rro'],
      },
    ],
    ['tmpfs', { tmpfs: ['/b'] }, { destination: '/b', type: 'tmpfs', source: 'tmpfs' }],
    [
      'tmpfs with options',
      { tmpfs: ['/b:size=1m,mode=700'] },
      { destination: '/b', type: 'tmpfs', source: 'tmpfs', options: ['size=1m', 'mode=700'] },
    ],
    [
      'a mount over a bind',
      { binds: ['/a:/b'], mounts: [{ type: 'tmpfs', destination: '/b' }] },
      { destination: '/b', type: 'tmpfs', source: 'tmpfs' },
    ],
    [
      'a default replaced',
      { binds: ['/dev:/dev'] },
      { destination: '/dev', type: 'bind', source: '/dev', options: ['rw', 'rbind', 'rshared'] },
    ],
    [
      'a mount over a tmpfs and a bind over a tmpfs',
      { tmpfs: ['/b'], binds: ['/a:/b:ro'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['ro', 'rbind', 'rro'] },
    ],
    [
      'a readonly volume in mounts',
      { mounts: [{ type: 'bind', source: 'fixed', destination: '/b', options: ['ro'] }] },
      {
        destination: '/b',
        type: 'bind',
        source: '/containers/volumes/fixed/merged',
        options: ['ro', 'rbind', 'rro'],
      },
    ],
    [
      'a mount in full, options in their order',
      { mounts: [{ type: 'ext4', source: '/dev/vda', destination: '/b', options: ['ro', 'noatime'] }] },
      { destination: '/b', type: 'ext4', source: '/dev/vda', options: ['ro', 'noatime'] },
    ],
    [
      'a source from the type',
      { mounts: [{ type: 'tmpfs', destination: '/b' }] },
      { destination: '/b', type: 'tmpfs', source: 'tmpfs' },
    ],
    ...(
      [
        ['proc', '/proc'],
        ['devpts', '/dev/pts'],
        ['sysfs', '/sys'],
        ['cgroup', '/sys/fs/cgroup'],
        ['mqueue', '/dev/mqueue'],
      ] as const
    ).map(([type, destination]): [string, Fields, object] => [
      `${type} by its source alone`,
      { mounts: [{ source: type, options: ['x'] }] },
      { destination, type, source: type, options: ['x'] },
    ]),
    [
      'a type from the source',
      { mounts: [{ source: 'mqueue' }] },
      { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue' },
    ],
    [
      'a type from the destination',
      { mounts: [{ destination: '/dev' }] },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs' },
    ],
    [
      'a destination from the type',
      { mounts: [{ type: 'cgroup', options: ['rw'] }] },
      { destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: ['rw'] },
    ],
  ])('%s', (_title, fields, expected) => {
    expect(mount(fields, (expected as { destination: string }).destination)).toEqual(expected);
  });

  test('are sorted by destination', () => {
    const destinations = spec({ binds: ['/x:/z', '/x:/a', '/x:/Z'] }).mounts.map(
      ({ destination }) => destination,
    );
    expect(destinations).toEqual(['/Z', '/a', '/dev', '/dev/pts', '/proc', '/sys', '/sys/fs/cgroup', '/z']);
  });

  test.each<[string, Fields, string[]]>([
    [
      'what hides a path must not hide it in the machine',
      {
        binds: ['/run:/run:rshared'],
        mounts: [{ type: 'bind', source: '/sys', destination: '/sys', options: ['shared'] }],
        maskedPaths: ['/run/log', '/sys/firmware'],
      },
      [
        'the bind of "/run" shares its mounts with the machine, where "/run/log" would be hidden or read-only, too',
        'the bind of "/sys" shares its mounts with the machine, where "/sys/firmware" would be hidden or read-only, too',
      ],
    ],
    [
      'every bind and mount that names no volume is reported',
      { binds: ['dat:/a', '/x:/x'], mounts: [{ type: 'bind', source: 'fix', destination: '/b' }] },
      ['there is no volume "dat"', 'there is no volume "fix"'],
    ],
    [
      'a readonly volume takes no option but ro',
      {
        binds: ['fixed:/a', 'fixed:/b:ro,noexec', 'fixed:/c:rw'],
        mounts: [{ type: 'bind', source: 'fixed', destination: '/d', options: ['rbind'] }],
      },
      Array(4).fill('volume "fixed" is readonly: the bind needs the single option "ro"'),
    ],
  ])('%s', (_title, fields, messages) => {
    expect(() => bundle(fields)).toThrow(messages.join('\n'));
  });
});
