import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { needsContainers } from '../support/containers.ts';
import { boot, scratch } from '../support/machine.ts';
import { Browser } from './browser.ts';
import { startKit } from './running-kit.ts';

test(
  "DevTools' page, at the address that kit debug prints, shows the TypeScript files of a service",
  needsContainers,
  async () => {
    await using home = await scratch();
    await using machine = await boot('examples/node-app.yml', { backend: 'container' });
    const source = ['--source', join(kitRoot, 'examples/node-app')];
    const args = ['--port', '0', '--json', ...source, machine.name, 'node-app'];
    const debug = await startKit<{ readonly devtools: string }>('debug', ...args);
    await using browser = await Browser.launch(home.dir);
    // Entered like in the address bar.
    const page = await browser.open(debug.output.devtools);
    await page.click('Sources');
    for (const folder of ['file://', 'examples/node-app']) await page.click(folder, 2);
    await page.click('greet.ts');
    await page.until('export function greet(greeting: string, machine: string): string {');
    // kit debug ends with the machine.
    await machine.stop();
    expect(await debug.exited).toBe(0);
    await page.until('Debugging connection was closed');
  },
);
