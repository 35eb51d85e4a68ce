import { expect, test } from 'vitest';
import { confinedCommand, landlockProgram } from '../../../lib/process/confined-command.ts';
import { bundle, linuxkit, scope, spec } from '../testing.ts';

const rules = { execute: ['/usr'], read: ['/etc'], write: ['/data', '/dev/null'], bind: [80], connect: [] };

test('the program is started by that of pkg/landlock, which is bound read-only', () => {
  const { process, mounts } = spec({ landlock: rules, command: ['/bin/web', '--', 'x'] });
  expect(process.args).toEqual([
    ...[landlockProgram, 'files,bind,connect', 'read=/etc', 'execute=/usr', 'write=/data'],
    ...['write=/dev/null', 'bind=80', '--', '/bin/web', '--', 'x'],
  ]);
  expect(confinedCommand(process.args).command).toEqual(['/bin/web', '--', 'x']);
  expect(mounts.find(({ destination }) => destination === landlockProgram)).toMatchObject({
    source: landlockProgram,
    options: expect.arrayContaining(['ro']),
  });
});

test('what has no list is not confined', () => {
  expect(spec({ landlock: { connect: [] } }).process.args.slice(1)).toEqual(['connect', '--', '/run']);
  expect(spec().process.args).toEqual(['/run']);
  expect(confinedCommand(['/run', '--', 'x'])).toEqual({ prefix: [], command: ['/run', '--', 'x'] });
});

test('attack: a rule cannot end the rules', () => {
  const { args } = spec({ landlock: { read: ['/--', '/a b'] } }).process;
  expect(confinedCommand(args).command).toEqual(['/run']);
  expect(() => spec({ landlock: { read: ['/a\0b'] } })).toThrow('NUL');
});

test.each([
  ['no list', {}, {}, scope, '`landlock` has no list, and would confine nothing'],
  [
    'new privileges',
    rules,
    { noNewPrivileges: false },
    scope,
    '`landlock` is for programs that gain no privileges',
  ],
  ["LinuxKit's init", rules, {}, linuxkit, "only kit's init obeys `landlock`"],
] as const)('refused: %s', (_, landlock, fields, context, message) => {
  expect(() => bundle({ landlock, ...fields }, {}, { Entrypoint: ['/run'] }, context)).toThrow(message);
});
