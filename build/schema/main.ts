import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../host/paths.ts';
import { published } from './published.ts';

/** Part of `npm run generate`: writes the references and the schema into docs/. */
for (const { path, text } of published((name) => readFileSync(join(kitRoot, name), 'utf8'))) {
  writeFileSync(join(kitRoot, path), text);
}
