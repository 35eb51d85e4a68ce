import { expect, test } from 'vitest';
import { isTest, isTestSupport, sourcesIn, textOf } from './sources.ts';

/** `services/syslog` of `services/syslog/connect.ts`; `init`, `lib/net`. */
const roomOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('init/') ? 1 : 2)
    .join('/');

const guest = ['services', 'init', 'lib'].flatMap((folder) => sourcesIn(folder));
const roomsWith = (pattern: RegExp): string[] => {
  const found = guest.filter((path) => !isTest(path) && !isTestSupport(path) && pattern.test(textOf(path)));
  return [...new Set(found.map(roomOf))].sort();
};

/** It floods, and takes whatever certificate it is shown. */
const takesAny = 'services/audit-probe';

test('where programs of the machine speak TLS, a certificate that a wrong clock makes invalid is told as that', () => {
  const speaking = roomsWith(/from 'node:(?:tls|https)'/).filter((room) => room !== takesAny);
  expect(speaking).toContain('services/syslog');
  expect(speaking.filter((room) => !roomsWith(/errors\/clock-hint\.ts'/).includes(room))).toEqual([]);
});
