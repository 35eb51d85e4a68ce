import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../host/paths.ts';
import { published } from './published.ts';

/** What `npm run generate` runs: writes what is published of the table of fields into docs/. */
for (const { path, text } of published((name) => readFileSync(join(kitRoot, name), 'utf8'))) {
  writeFileSync(join(kitRoot, path), text);
}
