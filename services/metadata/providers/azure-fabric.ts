import { KitError } from '../../../lib/errors/errors.ts';
import type { Session } from '../cloud/session.ts';

/** Azure's wire server, which waits for a report before it calls a machine provisioned. */
export const wireServer = 'http://168.63.129.16';

const version = { 'x-ms-version': '2012-11-30', 'x-ms-agent-name': 'kit' };

/** What of a goal state names the machine. */
export interface GoalState {
  readonly incarnation: string;
  readonly containerId: string;
  readonly instanceId: string;
}

/**
 * Reports "ready": reads the goal state, then posts a health document that names it. Without the report,
 * Azure calls the deployment failed after some twenty minutes, though the machine runs.
 * @throws KitError
 */
export async function reportReady(session: Session): Promise<void> {
  const text = await session.text('/machine/?comp=goalstate', { headers: version });
  if (text === undefined) throw new KitError('Cannot report to Azure: there is no goal state');
  const { status } = await session.ask('/machine?comp=health', {
    method: 'POST',
    headers: { ...version, 'Content-Type': 'text/xml; charset=utf-8' },
    body: healthOf(parseGoalState(text)),
  });
  if (status !== 200) throw new KitError(`Cannot report to Azure: status ${status}`);
}

/** Texts of three elements, each of which the document has once: ids, without entities. @throws KitError */
export function parseGoalState(text: string): GoalState {
  const idIn = (element: string): string => {
    const [, id] = new RegExp(`<${element}>\\s*([\\w.-]{1,200})\\s*</${element}>`).exec(text) ?? [];
    if (id === undefined) throw new KitError(`Cannot report to Azure: its goal state has no "${element}"`);
    return id;
  };
  return {
    incarnation: idIn('Incarnation'),
    containerId: idIn('ContainerId'),
    instanceId: idIn('InstanceId'),
  };
}

const healthOf = ({ incarnation, containerId, instanceId }: GoalState): string =>
  '<?xml version="1.0" encoding="utf-8"?>\n<Health>' +
  `<GoalStateIncarnation>${incarnation}</GoalStateIncarnation>` +
  `<Container><ContainerId>${containerId}</ContainerId><RoleInstanceList><Role>` +
  `<InstanceId>${instanceId}</InstanceId><Health><State>Ready</State></Health>` +
  '</Role></RoleInstanceList></Container></Health>\n';
