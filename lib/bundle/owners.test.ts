import { expect, test } from 'vitest';
import type { IdMappings } from '../linux/process/user-namespace.ts';
import { bindWithOwners, mountOverlayWithOwners, type OwnersKernel, rootOf } from './owners.ts';
import { fakeOwners } from './testing.ts';

const range = [{ containerID: 0, hostID: 524_288, size: 65_536 }];
const ids: IdMappings = { uids: range, gids: range };

function recorder(change: Partial<OwnersKernel> = {}, unmappable?: (source: string) => boolean) {
  const log: string[] = [];
  const record = (...words: readonly unknown[]): void =>
    void log.push(words.filter((word) => word !== '').join(' '));
  const kernel: OwnersKernel = {
    mount: (source, target, type, options) => record('mount', source, target, type, options.join()),
    unmount: (target) => record('unmount', target),
    makeFolder: (path) => record('folder', path),
    ...fakeOwners(record, unmappable),
    ...change,
  };
  return { log, kernel };
}

test('an overlay is made of mapped layers, whose mount points are removed again', () => {
  const { log, kernel } = recorder();
  const options = ['lowerdir=/l/b:/l/a', 'upperdir=/u', 'workdir=/w'];
  const mount = { destination: '/x', type: 'overlay', source: 'overlay', options };
  mountOverlayWithOwners(mount, '/x', ids, kernel);
  expect(log).toEqual([
    'scratch',
    'folder /scratch/0',
    'map /l/b /scratch/0 one',
    'folder /scratch/1',
    'map /l/a /scratch/1 one',
    'mount overlay /x overlay lowerdir=/scratch/0:/scratch/1,upperdir=/u,workdir=/w',
    'no scratch',
  ]);
});

test('an overlay of layers that cannot be mapped is an error, and nothing is left', () => {
  const { log, kernel } = recorder({}, () => true);
  const mount = { destination: '/x', type: 'overlay', source: 'overlay', options: ['lowerdir=/l/a'] };
  expect(() => mountOverlayWithOwners(mount, '/x', ids, kernel)).toThrow(
    'the file system of "/l/a" cannot map the owners of files',
  );
  expect(log.at(-1)).toBe('no scratch');
});

test('a bind is mapped with all that is mounted below it', () => {
  const { log, kernel } = recorder();
  bindWithOwners('/var/lib/x', '/b/0', ids, kernel);
  expect(log).toEqual(['map /var/lib/x /b/0 all']);
});

test('of mounts below it, those that cannot be mapped keep their owners', () => {
  const mountWithOwners: OwnersKernel['mountWithOwners'] = (source, _target, _namespace, recursive) =>
    !recursive && source !== '/run/b';
  const { log, kernel } = recorder({ mountWithOwners, mountsBelow: () => ['a', 'b'] });
  bindWithOwners('/run', '/b/0', ids, kernel);
  expect(log).toEqual(['mount /run/b /b/0/b bind,slave']);
});

test("files of the machine's root come from a mapped overlay of its layers", () => {
  const layersOf = () => ({ layers: ['/run/layers/2', '/run/layers/1'], path: 'etc/key' });
  const { log, kernel } = recorder({ layersOf }, (source) => source === '/etc/key');
  bindWithOwners('/etc/key', '/b/0', ids, kernel);
  expect(log.slice(-3)).toEqual([
    'mount overlay /scratch/root overlay ro,lowerdir=/scratch/0:/scratch/1:/scratch/empty',
    'mount /scratch/root/etc/key /b/0 bind',
    'no scratch',
  ]);
});

test('root is 0 where no range has it', () => {
  expect([rootOf(range), rootOf([{ containerID: 5, hostID: 9, size: 1 }])]).toEqual([524_288, 0]);
});
