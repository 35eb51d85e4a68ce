import { answer } from '../../../../services/qemu-ga/agent.ts';
import { osReleaseFields } from '../../../../services/qemu-ga/commands/os-release.ts';
import {
  MessageSplitter,
  messageLimits,
  type Piece,
} from '../../../../services/qemu-ga/protocol/splitter.ts';
import { fakeMachine } from '../../../../services/qemu-ga/testing/fake-machine.ts';
import { check, type Target, texts } from '../../target.ts';

export const guestAgent: Target = {
  reads: [
    'services/qemu-ga/protocol/splitter.ts#MessageSplitter',
    'services/qemu-ga/protocol/request.ts#readRequest',
    'services/qemu-ga/protocol/arguments.ts#readArguments',
  ],
  seeds: () =>
    texts(
      '{"execute":"guest-sync-delimited","arguments":{"id":1}}\n',
      '{"execute":"guest-set-time","arguments":{"time":1767225600000000000},"id":"x"}',
      '{"execute":"guest-fsfreeze-freeze-list","arguments":{"mountpoints":["/var"]}}{"a":[{"b":"\\""}]}',
    ),
  words: ['{"execute":"', 'guest-ping', 'guest-exec', '","arguments":{', '"id":', '\xff', '\\u0000', '[[[['],
  run: async (bytes) => {
    const [whole, split] = [new MessageSplitter(), new MessageSplitter()];
    const pieces = whole.push(bytes);
    const others = [...bytes].flatMap((_byte, at) => split.push(bytes.subarray(at, at + 1)));
    check(textOf(pieces) === textOf(others), 'messages are the same however their bytes are cut');
    for (const piece of pieces) {
      if ('text' in piece) check(piece.text.length <= messageLimits.bytes, 'a message is within its limit');
      const line = await answer(piece, fakeMachine(), { notice: () => {}, warn: () => {} });
      if (!line) continue;
      check(line.indexOf(0x0a) === line.length - 1, 'an answer is one line');
      const reply: object = JSON.parse(line.toString('latin1').replace(/^\xff/, ''));
      check('return' in reply !== 'error' in reply, 'an answer is a success or an error');
    }
  },
};

const textOf = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => ('text' in piece ? piece.text.toString('latin1') : piece.fault)).join('\n');

export const osRelease: Target = {
  reads: ['services/qemu-ga/commands/os-release.ts#osReleaseFields'],
  seeds: () => texts('NAME="Debian GNU/Linux"\nVERSION_ID=\'13\'\nID=debian\n', 'VARIANT="a\\"b"'),
  words: ['NAME=', 'VERSION=', '"', "'", '\\'],
  run: (bytes) => {
    for (const value of Object.values(osReleaseFields(bytes.toString())))
      check(!value.includes('\n'), 'a value is of one line');
  },
};
