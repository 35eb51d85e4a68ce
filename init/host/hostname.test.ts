import { expect, test } from 'vitest';
import { fakeContext } from '../testing/fake-context.ts';
import { adoptHostname, setHostname } from './hostname.ts';

const [leased, metadata] = ['/run/dhcp/hostname', '/run/config/hostname'];

test.each([
  [{ '/etc/hostname': 'web\n' }, 'web'],
  [{ '/etc/hostname': '\n' }, 'kit-525400123456'],
  [{}, 'kit-525400123456'],
])('hostname of %j', (files, name) => {
  expect(setHostname(fakeContext(files))).toBe(name);
});

const names = (files: Record<string, string>, problems: unknown[] = []): string[] => {
  const context = fakeContext(files);
  setHostname(context);
  expect(adoptHostname(context)).toEqual(problems);
  return context.calls.slice(1);
};

test('metadata names the machine; a lease only one that has no name yet', () => {
  expect(names({ [metadata]: 't1\n' })).toEqual(['hostname t1']);
  expect(names({ [leased]: 'from-lease' })).toEqual(['hostname from-lease']);
  expect(names({ [leased]: 'from-lease', '/etc/hostname': 'web' })).toEqual([]);
  expect(names({ [metadata]: 't1', '/etc/hostname': 'web' })).toEqual(['hostname t1']);
  expect(names({ [leased]: 'from-lease', [metadata]: 't1' }).at(-1)).toBe('hostname t1');
});

test('a name is set once, and one too long for the kernel loses its domain', () => {
  const context = fakeContext({ [metadata]: `web.${'a'.repeat(60)}.example` });
  expect([adoptHostname(context), adoptHostname(context)]).toEqual([[], []]);
  expect(context.calls).toEqual(['hostname web']);
});

test.each(['two words', '-a', '../etc', 'a\nb', 'a\u0000b', '\u001b[2J'])(
  'the request %j is refused',
  (text) => {
    const problem = `Cannot use the hostname in "${leased}": not a host name`;
    expect(names({ [leased]: text }, [problem])).toEqual([]);
  },
);
