import { namespaceTools } from '../../build/container/namespace-tools.ts';
import { testWork } from '../../build/testing.ts';
import { toolCommand } from '../../build/tools/command.ts';
import { isRoot } from '../support/needs.ts';
import { run } from '../support/run-kit.ts';

/** Options of unshare(1) for a namespace in which this user may mount. */
export const mountNamespace: readonly string[] = [
  '--mount',
  ...(isRoot ? [] : ['--user', '--map-root-user']),
];

/** Whether this user can make such a namespace: some hosts refuse it to ordinary users. */
export async function canMakeNamespaces(): Promise<boolean> {
  const tools = await namespaceTools(testWork());
  const nothing = [process.execPath, '--version'];
  const { file, args } = toolCommand(tools, 'unshare', [...mountNamespace, ...nothing]);
  return (await run(file, args)).status === 0;
}
