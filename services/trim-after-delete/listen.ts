import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { EventLines } from './event-lines.ts';

/**
 * Listens to the events of a Docker engine, until it ends or `signal` is aborted.
 * @param onDeletion called when images have been deleted
 * @throws KitError if there is none, or what answers is none
 */
export async function listen(socketPath: string, signal: AbortSignal, onDeletion: () => void): Promise<void> {
  const response = await ask(socketPath, signal);
  const { statusCode, headers } = response;
  if (statusCode !== 200 || !/\bjson\b/.test(headers['content-type'] ?? '')) {
    response.destroy();
    throw new KitError(
      `Cannot listen to "${socketPath}": it answers with status ${statusCode}, and no events`,
    );
  }
  const lines = new EventLines();
  response.setEncoding('utf8');
  for await (const text of response) if (lines.push(text) > 0) onDeletion();
}

async function ask(socketPath: string, signal: AbortSignal): Promise<IncomingMessage> {
  // Without a version the engine answers in its own: the oldest that new ones know moves on.
  const asked = request({ socketPath, path: '/events', host: 'docker', signal });
  asked.end();
  try {
    const [response] = await once(asked, 'response');
    return response;
  } catch (thrown) {
    throw new KitError(`Cannot connect to "${socketPath}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}
