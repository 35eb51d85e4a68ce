import { expect, test } from 'vitest';
import { renderError } from '../errors/render.ts';
import { parseSysctls, parseSysfs } from './setting-lines.ts';

test('lines of sysctl.d', () => {
  const { settings, problems } = parseSysctls(
    '# a = b\n; c = d\n\n - net.ipv4.x = 1 2\nnet/ipv4/conf/eth0.1/y=3\nnet.ipv4.conf.eth0/2.z = a=b\n',
    'f',
  );
  expect(problems).toEqual([]);
  expect(settings).toEqual([
    { path: 'net/ipv4/x', value: '1 2', line: 4, quiet: true },
    { path: 'net/ipv4/conf/eth0.1/y', value: '3', line: 5, quiet: false },
    { path: 'net/ipv4/conf/eth0.2/z', value: 'a=b', line: 6, quiet: false },
  ]);
});

test('lines of sysfs.d: a dot is a dot', () => {
  const { settings } = parseSysfs('kernel/mm/a = madvise\r\n /bus/pci/devices/0000:00:01.0/b=1\n', 'f');
  expect(settings.map(({ path, value }) => [path, value])).toEqual([
    ['kernel/mm/a', 'madvise'],
    ['bus/pci/devices/0000:00:01.0/b', '1'],
  ]);
});

test.each([
  ['a..b=1', /f:2:3: .*"a\.\.b" is no name of a setting/],
  ['/x=1', /"\/x" is no name/],
  ['../y=1', /"\.\.\/y" is no name/],
  ['word', /it is not NAME = VALUE/],
  ['=1', /"" is no name/],
  ['a\0b=1', /"a\\u0000b" is no name/],
])('%j is refused, with its place, and the other lines count', (line, message) => {
  const { settings, problems } = parseSysctls(`a.b=1\n  ${line}\nc.d=2`, 'f');
  expect(settings.map(({ path }) => path)).toEqual(['a/b', 'c/d']);
  expect(problems.map((problem) => renderError(problem))).toEqual([expect.stringMatching(message)]);
});
