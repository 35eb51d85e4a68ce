import { join } from 'node:path';
import { run } from '../support/run-kit.ts';

const main = join(import.meta.dirname, 'main.ts');
const limit = { timeoutMs: 1_200_000 };

/** Runs `npm run powercuts -- …` to its end, and returns its lines. @throws Error with what it printed */
export async function powerCuts(words: readonly string[]): Promise<string[]> {
  const args = ['--disable-warning=ExperimentalWarning', main, ...words];
  const { status, stdout, stderr } = await run(process.execPath, args, limit);
  if (status !== 0) throw new Error(`exit status ${status}:\n${stdout}${stderr}`);
  return stdout.trim().split('\n');
}
