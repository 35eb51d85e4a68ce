/** The supervisor as in services/supervisor/main.ts, with the paths of a test: `supervise.ts PATHS.json`. */
import { readFileSync } from 'node:fs';
import { supervise } from '../../services/supervisor/supervise.ts';

await supervise(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
