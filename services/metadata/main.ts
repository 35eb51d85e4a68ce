import { providersOf } from './providers.ts';
import { runMetadata } from './run-metadata.ts';

await runMetadata(({ names, trust }) => providersOf(names, trust));
