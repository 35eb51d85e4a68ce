import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolCommand } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/make-tree.ts';

/**
 * Writes the script `folder/name` that runs the tool, for programs that start others by path: `sftp -S`,
 * PROTOC=. Resolves to its path.
 */
export async function writeWrapper(tools: Tools, name: string, folder: string): Promise<string> {
  const { file, args } = toolCommand(tools, name, []);
  const script = join(folder, name);
  await writeFile(script, `#!/bin/sh\nexec ${[file, ...args].map(quoted).join(' ')} "$@"\n`, { mode: 0o755 });
  return script;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
