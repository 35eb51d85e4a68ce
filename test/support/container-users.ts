import { isSingle } from '../../build/container/ids/id-range.ts';
import { userIds } from '../../build/container/ids/user-ids.ts';
import { namespaceTools } from '../../build/container/namespace-tools.ts';
import { testWork } from '../../build/testing.ts';
import { toolCommand } from '../../build/tools/command.ts';
import { needsContainers } from './containers.ts';
import { type Needs, needs } from './needs.ts';

/** Whether `kit run container` has other users than root here (docs/running.md), as kit finds out itself. */
export const hasContainerUsers: boolean = needsContainers.skip !== true && (await askKit());

/** The requirement of a container that has other users than root. */
export const needsContainerUsers: Needs = needs(
  'root or newuidmap, for the users of a container',
  hasContainerUsers,
);

async function askKit(): Promise<boolean> {
  const unshare = toolCommand(await namespaceTools(testWork()), 'unshare', []);
  const user = await userIds(unshare, AbortSignal.timeout(60_000));
  return user === null || !isSingle(user.ids);
}
