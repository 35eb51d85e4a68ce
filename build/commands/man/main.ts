import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { kitPackage } from '../../host/kit-package.ts';
import { kitRoot } from '../../host/paths.ts';
import { manPages } from './pages.ts';

/** Part of `npm run generate`: writes the man pages into docs/man. */
const folder = join(kitRoot, 'docs/man');
const { version } = await kitPackage();
const pages = await manPages(version);

makeFolder(folder);
for (const name of readdirSync(folder)) rmSync(join(folder, name));
for (const { name, text } of pages) writeFileSync(join(folder, name), text);
