import { expect, test } from 'vitest';
import { renderError } from '../../lib/errors/render.ts';
import { parseRegistrations } from './registrations.ts';

const elf = ':qemu-x:M::\\x7fELF\\x02:\\xff\\xff\\xff\\xff\\xff:/usr/bin/qemu-x:';

test('lines of binfmt.d', () => {
  const { all, problems } = parseRegistrations(
    `# comment\n\n${elf}OCF\n,jar,E,,jar,,/usr/bin/jar\n:dos:M:0:MZ::/usr/bin/dos:\r\n`,
    'f',
  );
  expect(problems).toEqual([]);
  expect(
    all.map(({ name, interpreter, opensAtOnce, line }) => [name, interpreter, opensAtOnce, line]),
  ).toEqual([
    ['qemu-x', '/usr/bin/qemu-x', true, 3],
    ['jar', '/usr/bin/jar', false, 4],
    ['dos', '/usr/bin/dos', false, 5],
  ]);
  expect(all[0]?.text).toBe(`${elf}OCF`);
});

test.each([
  ['xnamex', /"x", its first sign, cannot separate/],
  [':a:M:0:MZ', /it has 4 of 7 fields/],
  [':a:M:0:MZ::/b:F:', /it has 8 of 7 fields/],
  [':a/b:M:0:MZ::/b:', /"a\/b" cannot be its name/],
  [':register:M:0:MZ::/b:', /"register" cannot be its name/],
  [':a:X:0:MZ::/b:', /"X" is no type/],
  [':a:M:-1:MZ::/b:', /"-1" is no offset/],
  [':a:M:0:::/b:', /no magic/],
  [':a:M:0:\\x7:\\xff:/b:', /two hexadecimal digits/],
  [':a:M:0:MZ:\\xff:/b:', /its mask has 1 bytes, its magic 2/],
  [':a:M:255:MZ::/b:', /ends after byte 256/],
  [':a:M:0:MZ::b:', /no absolute path/],
  [':a:M:0:MZ::/b:G', /"G" are not flags/],
  [':a:E::::/b:', /no extension/],
  [`:a:E::${'x'.repeat(2000)}::/b:`, /it has 2011 bytes/],
])('%j is refused, with its place', (line, message) => {
  const { all, problems } = parseRegistrations(`${elf}\n${line}`, 'f');
  expect(all.length).toBe(1);
  const text = problems.map((problem) => renderError(problem)).join('\n');
  expect(text).toMatch(message);
  expect(text).toContain('f:2:1: ');
});
