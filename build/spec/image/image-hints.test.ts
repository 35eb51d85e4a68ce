import { expect, test } from 'vitest';
import { imageHints } from './image-hints.ts';

const set = (...names: string[]) => Object.fromEntries(names.map((name) => [name, {}]));
const odd = (text: string) => `ExposedPorts has ${JSON.stringify(text)}, which is not a port`;

test.each([
  ['80', '80/tcp'],
  ['80/tcp', '80/tcp'],
  ['53/UDP', '53/udp'],
  ['8000-8010/udp', '8000-8010/udp'],
  ['80-80', '80/tcp'],
  ['0080/tcp', '80/tcp'],
  ['3868/sctp', '3868/sctp'],
])('port %j', (text, port) => {
  expect(imageHints({ ExposedPorts: set(text) })).toEqual({ ports: [port], volumes: [], missed: [] });
});

test.each(['', '0', 'http', '65536/tcp', '90-80', '80/icmp', '80/', '-1', '127.0.0.1:80:80'])(
  'port %j is not understood',
  (text) => {
    expect(imageHints({ ExposedPorts: set(text) })).toEqual({ ports: [], volumes: [], missed: [odd(text)] });
  },
);

test('volumes: absolute paths, each once', () => {
  const { volumes, missed } = imageHints({
    Volumes: set('/data/', '/data', '/a/../b', '//c', '/var/lib/x y'),
  });
  expect([volumes, missed]).toEqual([['/data', '/b', '/c', '/var/lib/x y'], []]);
});

test.each(['', '/', 'data', '/..', '/proc/x', '/dev', '/sys/', 'C:\\data', '/a,b'])(
  'volume %j is not a place for files',
  (text) => {
    const { volumes, missed } = imageHints({ Volumes: set(text) });
    expect(volumes).toEqual([]);
    expect(missed).toEqual([
      `Volumes has ${JSON.stringify(text)}, which is not a path that kit makes writable`,
    ]);
  },
);

test('what the reader and the health check name comes along', () => {
  const { missed } = imageHints({ missed: ['a'], Healthcheck: { Test: ['CMD'] } });
  expect(missed).toEqual(['a', 'Healthcheck says CMD without a command']);
});

test('of thousands of names only some are shown', () => {
  const many = set(...Array.from({ length: 5000 }, (_, at) => `/v${at}`));
  expect(imageHints({ Volumes: many }).volumes).toHaveLength(50);
});
