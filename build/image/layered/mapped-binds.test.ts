import { expect, test } from 'vitest';
import { spec } from '../../spec/testing.ts';
import { mappedBinds } from './mapped-binds.ts';

const binds = ['/var/lib/x:/x', 'data:/data:ro', '/sys:/host/sys:ro', '/proc/meminfo:/host/meminfo'];

test('binds go by way of a mount with mapped owners, but for file systems of the kernel', () => {
  const before = spec({ binds });
  const { spec: after, kit } = mappedBinds('containers/services/web', before);
  const range = [{ containerID: 0, hostID: 1_048_576, size: 65_536 }];
  expect(kit.ids).toEqual({ uids: range, gids: range });
  const sourceOf = (destination: string) =>
    after.mounts.find((mount) => mount.destination === destination)?.source;
  expect(kit.binds).toEqual([
    ...[
      ['/data', '/containers/volumes/data/merged'],
      ['/x', '/var/lib/x'],
    ].map(([at = '', source]) => ({ destination: sourceOf(at), type: '', source, options: ['rbind'] })),
  ]);
  expect(sourceOf('/x')).toMatch(/^\/run\/kit\/binds\/services\/web\/\d+$/);
  expect([sourceOf('/host/sys'), sourceOf('/host/meminfo')]).toEqual(['/sys', '/proc/meminfo']);
  expect(after.mounts.map(({ options }) => options)).toEqual(before.mounts.map(({ options }) => options));
});

test.each(['root', '/run/userns/a'])('userns %s: nothing changes', (userns) => {
  const before = spec({ binds, userns });
  expect(mappedBinds('containers/services/web', before)).toEqual({ spec: before, kit: {} });
});
