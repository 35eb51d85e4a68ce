import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineFiles } from './folder.ts';

/** The last lines of a machine's console, to go below a message. */
export async function lastWords(dir: string): Promise<string> {
  const text = await readFile(join(dir, machineFiles.console), 'utf8').catch(() => '');
  const lines = text.replaceAll('\r', '').trimEnd().split('\n').slice(-12);
  return text === '' ? '; its console is empty' : `\n${lines.map((line) => `  | ${line}`).join('\n')}`;
}
