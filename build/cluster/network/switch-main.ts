/**
 * `switch-main.ts FOLDER NAME`: the switch of a network. It takes Ethernet frames of machines on the unix
 * socket `FOLDER/NAME.sock`, each with its length before it (lib/net/frame-stream.ts), passes them on, and
 * gives the machines of `FOLDER/NAME.json` their addresses by DHCP. `kit up` starts it with an IPC channel,
 * `kit down` ends it.
 */
import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { FrameSplitter, withLength } from '../../../lib/net/frame-stream.ts';
import { socketPath } from '../../machine/records/folder.ts';
import { answerDhcp, mayAskDhcp } from './dhcp-answer.ts';
import { EthernetSwitch, type Port } from './ethernet-switch.ts';
import { loadLan } from './lan.ts';

/** Bytes that wait for a machine which does not take them: then its frames are lost, as in a switch. */
const mostWaiting = 4 << 20;

const [folder = '', name = ''] = process.argv.slice(2);
const lan = new EthernetSwitch();

function serve(socket: Socket): void {
  const port: Port = {
    send: (frame) => {
      if (socket.writableLength < mostWaiting) socket.write(withLength(frame));
    },
  };
  const splitter = new FrameSplitter();
  lan.add(port);
  socket.on('data', (piece: Buffer) => {
    try {
      for (const frame of splitter.push(piece)) {
        lan.forward(frame, port);
        void answer(frame, port);
      }
    } catch {
      // No frames: whoever it is, it is no machine.
      socket.destroy();
    }
  });
  socket.on('error', () => {}).once('close', () => lan.remove(port));
}

async function answer(frame: Buffer, port: Port): Promise<void> {
  if (!mayAskDhcp(frame)) return;
  // The memory of a frame is that of the pieces, which may be used again.
  const copy = Buffer.from(frame);
  const reply = answerDhcp(copy, await loadLan(join(folder, `${name}.json`)).catch(() => noLan));
  if (reply) port.send(reply);
}

const noLan = { server: '0.0.0.0', prefix: 32, hosts: {} };

const file = `${name}.sock`;
// That of a switch which was killed: there is one at a time, since its cluster is locked.
rmSync(join(folder, file), { force: true });
const { path, close } = socketPath(folder, file);
const server = createServer(serve);
server.once('error', (thrown) => {
  process.send?.({ error: reasonOf(thrown) }, () => process.exit(1));
});
server.listen(path, () => {
  close();
  process.send?.({ ready: true }, () => process.disconnect?.());
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    rmSync(join(folder, file), { force: true });
    process.exit(0);
  });
}
