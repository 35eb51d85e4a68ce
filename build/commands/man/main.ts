import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../../host/paths.ts';
import { manPages } from './pages.ts';

/** Part of `npm run generate`: writes the man pages into docs/man. */
const folder = join(kitRoot, 'docs/man');
const { version } = JSON.parse(readFileSync(join(kitRoot, 'package.json'), 'utf8')) as { version: string };
const pages = await manPages(version);

mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) rmSync(join(folder, name));
for (const { name, text } of pages) writeFileSync(join(folder, name), text);
