import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineFiles } from './folder.ts';

/** The last 12 lines of a machine's console, indented, to be appended to an error message. */
export async function consoleTail(dir: string): Promise<string> {
  const text = await readFile(join(dir, machineFiles.console), 'utf8').catch(() => '');
  const lines = text.replaceAll('\r', '').trimEnd().split('\n').slice(-12);
  return text === '' ? '; its console is empty' : `\n${lines.map((line) => `  | ${line}`).join('\n')}`;
}
