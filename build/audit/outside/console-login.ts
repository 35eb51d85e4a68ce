import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { machineFiles, socketPath } from '../../machine/records/folder.ts';
import type { OutsideAttack } from './world.ts';

/** A shell under emulation takes a while to answer. */
const answerMs = 5000;

/** Types a name and a command at the console; a shell, or a program that asks for a login, answers. */
export const consoleLogin: OutsideAttack = async ({ machine: { dir } }) => {
  const before = (await consoleText(dir)).length;
  const { path, close } = socketPath(dir, machineFiles.consoleSocket);
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    socket.on('error', () => {}).resume();
    socket.write('\r\n\r\nroot\r\necho $((6*7))\r\n\x03\x04');
    await pause(answerMs);
  } finally {
    socket.destroy();
    close();
  }
  const said = (await consoleText(dir)).slice(before);
  const answer = /^42\r?$|uid=0|login:|password:/im.exec(said)?.[0].trim();
  return answer === undefined ? undefined : `the console answered "${answer}"`;
};

const consoleText = (dir: string): Promise<string> => readFile(join(dir, machineFiles.console), 'latin1');
