import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usedTypes } from './used-types.ts';

test('declarations that the entry does not need are left out, and their imports with them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-types-'));
  writeFileSync(
    join(folder, 'entry.d.ts'),
    `export { make } from './make.ts';\nexport type { Made as Thing } from './make.ts';\n`,
  );
  writeFileSync(
    join(folder, 'make.d.ts'),
    `import type { Library } from 'library';
import { type Part, other } from './part.ts';
/** What is made. */
export interface Made {
    readonly part: Part;
}
/** Not public. */
export declare function inner(library: Library): typeof other;
/** Makes it. */
export declare function make(kind: Kind): Made;
type Kind = 'a'
/** In the middle. */
 | 'b';
`,
  );
  writeFileSync(join(folder, 'part.d.ts'), 'export type Part = string;\nexport declare const other = 1;\n');
  const used = usedTypes(folder, ['entry.d.ts']);
  rmSync(folder, { recursive: true });
  expect(Object.fromEntries(used)).toEqual({
    'entry.d.ts':
      "import { make } from './make.js';\nexport { make };\nimport { Made as Thing } from './make.js';\nexport { Thing };\n",
    'make.d.ts': `import { Part } from './part.js';
/** What is made. */
export interface Made {
    readonly part: Part;
}
/** Makes it. */
export declare function make(kind: Kind): Made;
type Kind = 'a'
/** In the middle. */
 | 'b';
`,
    'part.d.ts': 'export type Part = string;\n',
  });
});
