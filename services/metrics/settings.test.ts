import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test.each([
  [':9100', { host: '', port: 9100 }],
  ['127.0.0.1:1', { host: '127.0.0.1', port: 1 }],
  ['[fd00::1]:9100', { host: 'fd00::1', port: 9100 }],
  ['unix:/run/metrics/socket', { path: '/run/metrics/socket' }],
])('--listen %s', (text, listen) => {
  expect(readSettings(['--listen', text], {}).listen).toEqual(listen);
  expect(readSettings([], { METRICS_LISTEN: text }).listen).toEqual(listen);
});

test('without a setting it listens on the port of node_exporter', () => {
  expect(readSettings([], {}).listen).toEqual({ host: '', port: 9100 });
});

test.each(['9100', ':70000', 'fd00::1:9100', 'unix:x', ''])('--listen %j is refused', (text) => {
  expect(() => readSettings(['--listen', text], {})).toThrow('neither HOST:PORT nor unix:/PATH');
});
