import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { machineFiles, socketPath } from '../../machine/records/folder.ts';
import type { OutsideAttack } from './world.ts';

/** A shell takes seconds to start under emulation, and many of them on a busy host. */
const answerMs = { hardware: 20_000, emulated: 60_000 } as const;
const lookEveryMs = 250;

/** Types a name and a command at the console; a shell, or a program that asks for a login, answers. */
export const consoleLogin: OutsideAttack = async ({ machine: { dir, record } }) => {
  const before = (await consoleText(dir)).length;
  const { path, close } = socketPath(dir, machineFiles.consoleSocket);
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    socket.on('error', () => {}).resume();
    socket.write('\r\n\r\nroot\r\necho $((6*7))\r\n\x03\x04');
    const endMs = performance.now() + answerMs[record.accel === 'tcg' ? 'emulated' : 'hardware'];
    for (;;) {
      const said = (await consoleText(dir)).slice(before);
      const answer = /^42\r?$|uid=0|login:|password:/im.exec(said)?.[0].trim();
      if (answer !== undefined) return `the console answered "${answer}"`;
      if (performance.now() >= endMs) return undefined;
      await pause(lookEveryMs);
    }
  } finally {
    socket.destroy();
    close();
  }
};

const consoleText = (dir: string): Promise<string> => readFile(join(dir, machineFiles.console), 'latin1');
