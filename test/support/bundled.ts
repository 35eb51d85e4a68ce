import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { bundleService } from '../../build/packages/bundle/bundle.ts';

const made = new Map<string, Promise<string>>();
const folders: string[] = [];

// Runs at the end of the test file that imports this module.
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/**
 * Bundles a program of the checkout like its package does, once per test file, and resolves to the path of
 * the bundle. `main` is its entry file: `services/sshd/main.ts`.
 */
export function bundled(main: string): Promise<string> {
  const path = made.get(main) ?? make(main);
  made.set(main, path);
  return path;
}

async function make(main: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kit-bundled-'));
  folders.push(folder);
  const { files } = await bundleService(join(kitRoot, main), '/main.mjs', folder, 'test');
  for (const { name, content } of files) writeFileSync(join(folder, name), content);
  return join(folder, 'main.mjs');
}
