import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { needsRoot } from '../support/needs.ts';
import { diskPrograms } from './tools.ts';

/** What `scenario.ts` has seen. */
let seen: Record<string, Record<string, unknown>>;

const types = ['ext4:dos', 'ext4:gpt', 'xfs:gpt', 'btrfs:dos'] as const;

describe(
  "LinuxKit's packages for disks, with Debian's programs",
  needsRoot('loop devices and mounts'),
  () => {
    beforeAll(async () => {
      const { dir } = await diskPrograms();
      const scenario = join(import.meta.dirname, 'scenario.ts');
      const node = [process.execPath, '--disable-warning=ExperimentalWarning', scenario];
      const args = ['--mount', ...node, dir, types.join(',')];
      seen = JSON.parse(execFileSync('unshare', args, { encoding: 'utf8' }));
    }, 300_000);

    test.each(types)('%s: formatted once, mounted by its label, grown with its disk', (name) => {
      const [type = '', table = ''] = name.split(':');
      const [disk, holds] = [
        `disk-${type}-${table}`,
        new RegExp(`^mounted ${type} "${type}-\\d+" of ${`disk-${type}-${table}`}p1 at `),
      ];
      expect(seen[name]).toEqual({
        first: expect.stringMatching(new RegExp(`^made ${type} "${type}-\\d+" on ${disk}p1$`)),
        again: expect.stringMatching(new RegExp(`^${disk} has ${type} ".*" on ${disk}p1: left as it is$`)),
        mounting: expect.stringMatching(holds),
        unused: false,
        twice: 'error: Cannot mount at "/mounted": something is mounted there',
        extending: expect.stringMatching(
          new RegExp(`^${disk}: its partition and ${type} have \\d{8,9} bytes more$`),
        ),
        full: `${disk}: it had its full size`,
        kept: 'what is kept',
      });
    });

    test('a disk that holds something is left as it is, and named', () => {
      expect(seen.refusals).toEqual({
        unused: true,
        blank: [true, false],
        none: [
          'whole is not empty: it holds ext4 "mine"',
          'table is not empty: it holds a partition table (gpt)',
          'error: Cannot format a disk: none is empty: whole holds ext4 "mine", table holds a partition table (gpt)',
        ].join('\n'),
        named: 'error: Cannot format "whole": it holds ext4 "mine"',
        absent: expect.stringMatching(/^error: Cannot read "\/dev\/not-there": ENOENT/),
        first: expect.stringMatching(/\nmade ext4 on blankp1$/),
        again: 'blank has ext4 without a label on blankp1: left as it is',
        unsigned:
          'error: Cannot format "unsigned": it holds data without a signature, which may be encrypted',
        forced: 'whole holds ext4 "mine", which is lost (-force)\nmade ext4 "new" on wholep1',
        busy: expect.stringMatching(/error: Cannot format "whole": EBUSY/),
      });
    });

    test('a power cut before the partition table is written: the next boot starts anew', () => {
      expect(seen.cut).toEqual({
        first: 'error: power',
        between: 'nothing',
        second: 'made ext4 "a" on cutp1',
      });
    });

    test('a file for swap space is made once, grown, and nothing else is overwritten', () => {
      expect(seen.swapFiles).toEqual({
        made: '',
        size: 2 ** 22,
        same: '',
        larger: '',
        newSize: 2 ** 23,
        refused: 'error: Cannot swap to "/data": it holds no swap space',
        tooLarge: expect.stringMatching(/^error: Cannot make "\/more" of 1073741824 bytes: .*ENOSPC/),
        holds: 'swap without a label',
      });
    });
  },
);
