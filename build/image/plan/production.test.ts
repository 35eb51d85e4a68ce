import { expect, test } from 'vitest';
import { parseManifest } from '../../manifest/parse.ts';
import { commandLineErrors } from './production.ts';

const said = (cmdline: string): string[] =>
  commandLineErrors(parseManifest(`kernel: {image: x, cmdline: "${cmdline}"}`, 'x.yml', '/')).map(String);

test("words of the kernel's command line that open the console are refused, each with its reason", () => {
  expect(said('console=ttyS0 kit.shell rdinit=/bin/sh kgdboc=ttyS0,115200')).toEqual([
    expect.stringContaining('"kit.shell" on the kernel\'s command line asks for a shell on the console'),
    expect.stringContaining('"rdinit=/bin/sh" on the kernel\'s command line names a program'),
    expect.stringContaining(
      '"kgdboc=ttyS0,115200" on the kernel\'s command line gives the console a debugger',
    ),
  ]);
  expect(said('console=ttyS0 quiet initrd=x kit.shells')).toEqual([]);
});

test.each([
  'sysrq-always-enabled',
  'sysrq_always_enabled=1',
  'sysrq_always_enabledx',
  '"rdinit=/bin/sh"',
  'rdinit="/bin/sh"',
  '"init=/bin/sh -x"',
  'ekgdboc=kbd',
  'kgdboc-earlycon=uart',
  'kgdboc.kgdboc=ttyS0',
  'kgdbwait',
  'quiet\u00a0rdinit=/bin/sh',
])('the word %s, which opens the console, is refused as the kernel reads it', (word) => {
  const manifest = parseManifest(`kernel: {image: x, cmdline: ${JSON.stringify(word)}}`, 'x.yml', '/');
  expect(commandLineErrors(manifest).map(({ message }) => message)).toEqual([
    expect.stringContaining("on the kernel's command line"),
  ]);
});

test('what only looks like such a word is not', () => {
  expect(said('console=ttyS0 noinit xinit=1 constructor -- rdinit=/bin/sh')).toEqual([]);
});
