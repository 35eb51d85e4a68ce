import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch } from '../../../test/support/machine.ts';
import { until } from '../../../test/support/until.ts';
import { testWork } from '../../testing.ts';
import { hasSeccomp } from '../seccomp.ts';
import { planShares } from './plan-shares.ts';
import { shareLog, shareSocket } from './share-arguments.ts';
import { startShares } from './start-shares.ts';

const option = { tag: 'data', readOnly: true, only9p: false };

/** A shell that counts how often it is started, then does what is wanted of it. */
const counting = (file: string, script: string) => ({
  file: '/bin/sh',
  args: ['-c', `echo started >>"$0"; ${script}`, file],
  env: { PATH: '/usr/bin:/bin' },
});

test('a folder is served by one virtiofsd, over 9p where none runs, and by QEMU if that is wanted', async () => {
  await using folder = await scratch();
  const path = join(folder.dir, 'shared');
  mkdirSync(path, { mode: 0o700 });
  const options = [
    { ...option, path },
    { ...option, path, only9p: true },
  ];
  const planned = await planShares(options, hasSeccomp(), testWork());
  expect(existsSync(join(folder.dir, shareLog(0))), 'nothing is started yet').toBe(false);
  const notices: string[] = [];
  const { args, stop } = await startShares(planned, folder.dir, (text) => notices.push(text));
  const started = readFileSync(join(folder.dir, shareLog(0)), 'utf8');
  if (notices.length > 0) {
    // No program may confine itself here.
    expect(notices).toEqual([
      expect.stringMatching(/^Folder ".*" is shared over 9p, since virtiofsd does not/),
    ]);
    expect(args.join(' ')).not.toContain('virtiofs');
  } else {
    expect(args.join(' ')).toContain(
      `path=${shareSocket(0)} -device vhost-user-fs-pci,chardev=share0,tag=data`,
    );
    expect(started.match(/Waiting for vhost-user socket connection/g)).toHaveLength(1);
  }
  expect(args.join(' ')).toContain('virtio-9p-pci,fsdev=share1,mount_tag=data');
  stop();
});

test('the first program that runs is started once, and told to be gone when it ends', async () => {
  await using folder = await scratch();
  const count = join(folder.dir, 'count');
  const [fails, ends] = [
    counting(count, 'echo [2026-01-02T03:04:05Z ERROR virtiofsd] no sandbox; exit 1'),
    counting(
      count,
      'echo Waiting for vhost-user socket connection; until [ -e "$0.end" ]; do sleep 0.1; done; echo broken',
    ),
  ];
  const notices: string[] = [];
  const notice = (text: string): void => void notices.push(text);
  const share = { path: folder.dir, tag: 'data', readOnly: false };
  const { args } = await startShares([{ ...share, commands: [fails, ends] }], folder.dir, notice);
  expect(args.join(' ')).toContain('vhost-user-fs-pci');
  expect(readFileSync(count, 'utf8')).toBe('started\nstarted\n');
  writeFileSync(`${count}.end`, '');
  await until('its end', () => notices.length > 0);
  expect(notices).toEqual(['The folder shared as "data" is gone: broken']);

  const none = await startShares([{ ...share, commands: [fails, fails] }], folder.dir, notice);
  expect(none.args.join(' ')).toContain('virtio-9p-pci');
  expect(notices.slice(1)).toEqual([
    `Folder "${folder.dir}" is shared over 9p, since virtiofsd does not run here: Cannot start virtiofsd: no sandbox`,
  ]);
});
