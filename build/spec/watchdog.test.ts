import { expect, test } from 'vitest';
import { parseManifest } from '../manifest/parse.ts';
import { watchdogConfig } from './watchdog.ts';

const configOf = (watchdog: string) =>
  watchdogConfig(parseManifest(`services: [{name: web, image: x}]\n${watchdog}`, 'x.yml', '/'));

test('defaults, and what the manifest says', () => {
  expect(configOf('')).toBeUndefined();
  expect(configOf('watchdog: {}')).toEqual({ timeoutS: 60, services: [] });
  expect(configOf('watchdog: {timeout: 2m, services: [web]}')).toEqual({ timeoutS: 120, services: ['web'] });
});

test.each([
  ['watchdog: {timeout: 9s}', '"9s": it takes whole seconds from 10 to 600'],
  ['watchdog: {timeout: 10500ms}', '"10500ms": it takes whole seconds'],
  ['watchdog: {timeout: 11m}', '"11m": it takes whole seconds'],
  ['watchdog: {services: [db]}', 'Cannot watch service "db": `services:` has none of that name'],
])('%s is refused', (text, message) => {
  expect(() => configOf(text)).toThrow(message);
});
