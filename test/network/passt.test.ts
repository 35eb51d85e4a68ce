import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { namespaceTools } from '../../build/container/namespace-tools.ts';
import { testWork } from '../../build/testing.ts';
import { needsContainers } from '../support/containers.ts';
import { freePort } from '../support/free-port.ts';
import { testTools } from '../support/tools.ts';

beforeAll(async () => {
  await Promise.all([testTools(), namespaceTools(testWork())]);
}, 300_000);

test(
  'without /dev/net/tun, bytes cross the bridge to passt in both directions',
  needsContainers,
  async () => {
    const port = await freePort();
    const program = join(import.meta.dirname, 'passt-network.ts');
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', program, String(port)];
    const args = ['--user', '--map-root-user', ...node];
    const child = spawn('unshare', args, { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
      expect(String(line)).toBe('ready\n');
      const upload = async (bytes: number): Promise<string> => {
        const body = 'y'.repeat(bytes);
        return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })).text();
      };
      const sizes = [0, 1, 70_000, 5_000_000];
      const answers = await Promise.all(sizes.map(upload));
      const page = 'x'.repeat(3e6);
      expect(answers.map((text, at) => text === `${sizes[at]} ${page}`)).toEqual(sizes.map(() => true));
    } finally {
      child.stdin.end();
      await once(child, 'exit').catch(() => {});
    }
  },
);
