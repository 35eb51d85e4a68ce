import { expect, test } from 'vitest';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import { fakeContext, fakeLink } from '../testing/fake-context.ts';
import { adoptHostname, setHostname } from './hostname.ts';

const [leased, metadata] = ['/run/dhcp/hostname', '/run/config/hostname'];

test.each([
  [{ '/etc/hostname': 'web\n' }, 'web'],
  [{ '/etc/hostname': '\n' }, 'kit-525400123456'],
  [{}, 'kit-525400123456'],
])('hostname of %j', (files, name) => {
  const context = fakeContext(files);
  context.links.push(fakeLink({ index: 1, name: 'lo', mac: '', loopback: true }), fakeLink({}));
  expect(setHostname(context)).toBe(name);
});

test('without a name, it is that of the first network card, and not of a bridge, whose address may be random', () => {
  const bridge = fakeLink({ index: 4, name: 'br0', mac: '1a:2b:3c:4d:5e:6f', kind: 'bridge' });
  const second = fakeLink({ index: 3, name: 'eth1', mac: '52:54:00:12:34:57' });
  const named = (...links: readonly Link[]) => {
    const context = fakeContext();
    context.links.push(...links);
    return setHostname(context);
  };
  expect(named(bridge, second, fakeLink({}))).toBe('kit-525400123456');
  expect(named(bridge)).toBe('kit-1a2b3c4d5e6f');
  expect(named()).toBe('kit-unnamed');
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
