import { expect, test } from 'vitest';
import { goFlags } from './go-flags.ts';

test.each<[args: string, made: string]>([
  ['-type xfs -label data /dev/vdb', '--type=xfs --label=data -- /dev/vdb'],
  ['--type=xfs -force', '--type=xfs --force'],
  ['-force=true -force=false -force=T', '--force --force'],
  ['-force=maybe', '--force=maybe'],
  ['/dev/vdb -force', '-- /dev/vdb -force'],
  ['-- -force', '-- -force'],
  ['-label -x', '--label=-x'],
  ['-type', '--type'],
  ['- x', '-- - x'],
])('%s', (args, made) => {
  expect(goFlags(args.split(' '), ['force']).join(' ')).toBe(made);
});
