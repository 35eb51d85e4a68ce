import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings } from '../arguments.ts';
import { chooseServers } from './choose-servers.ts';
import type { ServerName } from './names.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kit-ntp-'));
  for (const name of ['dhcp', 'dhcp/ntp']) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

let own: ServerName[] = [];
const choose = (...args: readonly string[]): string => {
  const paths = ['--metadata-file', join(folder, 'servers'), '--lease-dir', join(folder, 'dhcp')];
  const { servers, refused } = chooseServers(readSettings([...paths, ...args]).sources, own);
  const all = servers.map(({ host, addresses }) => `${host}*${addresses}`);
  return [...all, ...refused.map((line) => `! ${line}`)].join(' ');
};

test('each source gives way to the one before it', () => {
  expect(choose()).toBe([0, 1, 2, 3].map((at) => `${at}.debian.pool.ntp.org*1`).join(' '));
  expect(choose('--fallback', 'time.example.org')).toBe('time.example.org*1');
  writeFileSync(join(folder, 'dhcp/ntp/eth1'), '192.0.2.1\nfd00::1\nnon sense\n1.2.3\n');
  writeFileSync(join(folder, 'dhcp/ntp/eth0'), '192.0.2.9\n192.0.2.1\ntime.lan\n');
  writeFileSync(join(folder, 'dhcp/ntp/eth2.new'), '192.0.2.7\n');
  expect(choose()).toBe('192.0.2.9*1 192.0.2.1*1 time.lan*1 fd00::1*1');
  writeFileSync(
    join(folder, 'servers'),
    '# ours\ntime.example.org # main\n\npool p.example.org\n1.2.3\na b\n',
  );
  expect(choose()).toBe('time.example.org*1 p.example.org*4 ! 1.2.3 ! a b');
  expect(choose('--server', 'a.example', '--pool', 'b.example')).toBe('a.example*1 b.example*4');
});

test("the machine's own clock counts beside servers that are named, and instead of the fallback", () => {
  own = [{ protocol: 'ptp', host: 'hyperv', addresses: 1 }];
  expect(choose('--fallback', 'time.example.org')).toBe('hyperv*1');
  expect(choose('--server', 'a.example')).toBe('hyperv*1 a.example*1');
  own = [];
});

test('servers with NTS and without are not mixed', () => {
  writeFileSync(join(folder, 'servers'), 'nts a.example\nb.example\npool c.example\nnts d.example\n');
  expect(choose()).toBe('a.example*1 d.example*1 ! b.example ! pool c.example');
  expect(choose('--nts', 'e.example', '--nts', '192.0.2.1')).toBe('e.example*1 192.0.2.1*1');
});

test.each([
  [
    ['--nts', 'a.example', '--pool', 'b.example'],
    'Cannot ask "b.example" without NTS beside --nts: such servers could outvote those with it',
  ],
  [['--nts', 'a b'], 'Cannot use --nts "a b": neither a name nor an address'],
  [['--nts-ca', '/none'], 'Cannot read --nts-ca "/none": no such file'],
  [['--server', 'a b'], 'Cannot use --server "a b": neither a name nor an address'],
  [['--min-poll', '8', '--max-poll', '7'], 'Cannot use --min-poll 8: more than --max-poll 7'],
  [['--max-poll', '30'], 'Cannot use --max-poll "30": not a whole number from 4 to 17'],
])('%j is refused', (args, message) => expect(() => readSettings(args)).toThrow(message));
