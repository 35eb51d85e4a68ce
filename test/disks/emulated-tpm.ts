import { once } from 'node:events';
import { openSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { swtpmTools } from '../../build/qemu/tpm/swtpm.ts';
import { testWork } from '../../build/testing.ts';
import { toolCommand } from '../../build/tools/command.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { spawnProgram } from '../../lib/linux/process/spawn.ts';
import type { TpmLink } from '../../lib/tpm/call.ts';
import { testSocket } from '../support/needs.ts';
import { until } from '../support/until.ts';

export interface EmulatedTpm extends AsyncDisposable {
  /** Its socket, short enough for an address; that of its control channel ends in `.ctrl`. */
  readonly path: string;
  readonly open: () => Promise<TpmLink & AsyncDisposable>;
}

/** swtpm, switched on, with its state in a folder of its own below `folder`. */
export async function emulatedTpm(folder: string, name: string): Promise<EmulatedTpm> {
  const dir = join(folder, name);
  makeFolder(dir, 0o700);
  const channels = ['--server', 'type=unixio,path=tpm.sock', '--ctrl', 'type=unixio,path=tpm.sock.ctrl'];
  const ready = ['--flags', 'not-need-init,startup-clear'];
  const args = ['socket', '--tpm2', '--tpmstate', 'dir=.', ...channels, ...ready];
  const { file, args: all, env } = toolCommand(await swtpmTools(testWork()), 'swtpm', args);
  const log = openSync(join(dir, 'log'), 'a');
  const child = spawnProgram(file, all, { cwd: dir, env, stdio: ['ignore', log, log] });
  const exited = once(child, 'close');
  const path = testSocket(dir, 'tpm.sock');
  const open = async () => linkOf(await connected(path));
  // It serves one connection after another.
  await until('the TPM', () =>
    connected(path).then(
      (socket) => socket.destroy().destroyed,
      () => false,
    ),
  );
  return {
    ...{ path, open },
    // Without a word to it before, as when the power fails.
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function connected(path: string): Promise<Socket> {
  const socket = connect(path);
  await once(socket, 'connect');
  return socket;
}

function linkOf(socket: Socket): TpmLink & AsyncDisposable {
  const chunks = socket[Symbol.asyncIterator]();
  return {
    transact: async (command) => {
      socket.write(command);
      let answer = Buffer.alloc(0);
      while (answer.length < 10 || answer.length < answer.readUInt32BE(2)) {
        const { value, done } = await chunks.next();
        if (done) throw new Error('the TPM is gone');
        answer = Buffer.concat([answer, value]);
      }
      return answer;
    },
    [Symbol.asyncDispose]: async () => void socket.destroy(),
  };
}
