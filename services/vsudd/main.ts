import { closeSync } from 'node:fs';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { DescriptorStream } from '../../lib/linux/io/descriptor-stream.ts';
import { endWriting } from '../../lib/linux/net/socket.ts';
import { hasVsock, listenOnVsock } from '../../lib/linux/net/vsock.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { Connections } from './connections.ts';

// Nothing has to be finished when it is stopped: the connections end with the process.
await runService(async ({ log, ready }) => {
  const settings = readSettings();
  if (!hasVsock()) return log.notice('nothing to do: this machine has no vsock (/dev/vsock)');
  const connections = new Connections(settings, log);
  for (const { port, socket } of settings.forwards) {
    try {
      listenOnVsock(port, (fd, peer) => {
        const why = connections.refusal(peer);
        if (why === undefined) {
          return connections.forward(new DescriptorStream(fd, { endWriting }), peer, socket);
        }
        closeSync(fd);
        connections.turnAway(peer, why);
      });
    } catch (thrown) {
      throw new KitError(`Cannot listen on port ${port} of vsock: ${reasonOf(thrown)}`, { cause: thrown });
    }
    log.info(`port ${port} leads to ${socket}`);
  }
  ready();
});
