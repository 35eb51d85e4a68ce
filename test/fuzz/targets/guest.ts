import { parseNamespaces } from '../../../build/audit/judge/namespaces.ts';
import { ConsoleLog } from '../../../build/backend/console-log.ts';
import { screenReplay } from '../../../build/monitor/screen-replay.ts';
import { parseProbeLine } from '../../../lib/audit/probe-line.ts';
import { isFreshSession } from '../../../lib/control/handshake.ts';
import { visible, visibleText } from '../../../lib/errors/visible.ts';
import { auditAction, serviceAudit } from '../../../lib/log/audit.ts';
import { blockLines, parseHead } from '../../../lib/log/block.ts';
import { fieldsOf } from '../../../lib/log/fields.ts';
import { LineSplitter } from '../../../lib/log/splitter.ts';
import { FrameSplitter, maxFrameBytes } from '../../../lib/net/frame-stream.ts';
import { maskSecrets } from '../../../lib/report/mask.ts';
import { stackOf } from '../../../services/supervisor/incidents/incident.ts';
import { syslogMessage } from '../../../services/syslog/message.ts';
import { inFile } from '../in-file.ts';
import { check, type Target, texts } from '../target.ts';

export const terminalText: Target = {
  reads: ['lib/errors/visible.ts#visible', 'lib/errors/visible.ts#visibleText'],
  seeds: () => texts('\x1b[31mred\x1b[0m', '\x1b]0;title\x07', 'a\u202eb\u2066', 'x\r\ny\u009b5n'),
  words: ['\x1b[', '\x1b]', 'm', ';', '\x07', '\u202e', '\u009b', '\r\n', '\x1b\\'],
  run: (bytes) => {
    const text = bytes.toString();
    check(!acts.test(visible(text)), 'a terminal acts on nothing');
    const coloured = visibleText(text, { colour: true }).replace(/\x1b\[[\d;:]*m|\n/g, '');
    check(!acts.test(coloured), 'a terminal acts on nothing besides colours');
  },
};

/** What a terminal acts on. */
const acts = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

export const consoleScreen: Target = {
  reads: ['build/monitor/screen-replay.ts#screenReplay'],
  seeds: () =>
    texts('\x1b[2J\x1b[1;1Hlogin: \x1b[6n', '\x1bP1$r0m\x1b\\', '\x1b]52;c;aGk=\x07', '\x1b[?25l\x1b7'),
  words: ['\x1b[', '\x1b]', '\x1bP', '\x07', '\x1b\\', '6n', '?25h', '\u009b', '\u0090', '\x1bc'],
  run: (bytes) => {
    const shown = screenReplay(bytes).toString();
    check(!/\x1b\[[^@-~]*[cnt]|\x1b[P\]^_XZc]|[\u0080-\u009f]/.test(shown), 'no terminal answers');
    check(screenReplay(Buffer.from(shown)).toString() === shown, 'showing it again changes nothing');
  },
};

export const consoleLog: Target = {
  reads: ['build/backend/console-log.ts#ConsoleLog', 'build/backend/console-log.ts#panicOf'],
  seeds: () =>
    texts(
      '[    4.2] Kernel panic - not syncing: Attempted to kill init!\n[  5.1] Rebooting in 10 seconds..\n',
      'kit: halt, requested by onboot migrate, which failed\r\n',
    ),
  words: [
    'Kernel panic - not syncing: ',
    '[    4.2] ',
    'Rebooting in ',
    ' seconds..',
    'kit: halt, requested by ',
  ],
  run: (bytes) =>
    inFile('', async (file) => {
      const log = new ConsoleLog(file);
      try {
        const half = bytes.length >> 1;
        for (const piece of [bytes.subarray(0, half), bytes.subarray(half)]) log.write(piece);
        check(!log.panic?.includes('\n'), 'a reason is one line');
      } finally {
        log.close();
      }
    }),
};

export const logBlocks: Target = {
  reads: ['lib/log/block.ts#parseHead', 'lib/log/block.ts#blockLines'],
  seeds: () =>
    texts('{"n":1,"t":1767225600123,"stream":"stdout","pid":412,"lines":2,"bytes":12}\n<4>hello\nup\r\n'),
  words: ['"stream":"kit"', '"bytes":', '"lines":', '<3>', '\r\n', '1e99', '"n":-1'],
  run: (bytes) => {
    const end = bytes.indexOf('\n');
    const head = parseHead(bytes.toString('utf8', 0, Math.max(0, end)));
    if (!head) return;
    for (const { msg } of blockLines(head, bytes.subarray(end + 1), 0)) check(!msg.includes('\n'), 'lines');
  },
};

export const outputLines: Target = {
  reads: ['lib/log/splitter.ts#LineSplitter'],
  seeds: () => texts('\x08hello\nworld\n\nend', '\x01a\nb'),
  words: ['\n', '\n\n', 'x'.repeat(40)],
  run: (bytes) => {
    // The first byte says in which pieces the rest comes: the lines do not depend on it.
    const [step = 1, rest] = [Math.max(1, bytes[0] ?? 1), bytes.subarray(1)];
    const whole = split([rest]);
    const pieces = Array.from({ length: Math.ceil(rest.length / step) }, (_, at) =>
      rest.subarray(at * step, (at + 1) * step),
    );
    check(split(pieces) === whole, 'lines do not depend on how the bytes come');
    check(
      rest.length > 32 || whole.replace(/\n$/, '') === rest.toString('latin1').replace(/\n$/, ''),
      'short lines stay',
    );
  },
};

function split(pieces: readonly Buffer[]): string {
  const splitter = new LineSplitter(32);
  let [text, count] = ['', 0];
  for (const lines of [...pieces.map((piece) => splitter.push(piece)), splitter.end()]) {
    text += Buffer.concat(lines.pieces).toString('latin1');
    count += lines.count;
  }
  check(text.split('\n').length - 1 === count, 'lines are counted');
  return text;
}

export const serviceLine: Target = {
  reads: [
    'lib/log/audit.ts#serviceAudit',
    'lib/log/fields.ts#fieldsOf',
    'services/syslog/message.ts#syslogMessage',
  ],
  seeds: () =>
    texts(
      '<5>audit: login allowed {"user":"root","from":"x"}',
      'listening {"port":8080}',
      '<4>audit: {"a":{"__proto__":1}}',
    ),
  words: ['<5>audit: ', ' {"', '"}', '{}', '"from":"control"', '"__proto__":'],
  run: (bytes) => {
    const line = bytes.toString().replaceAll('\n', ' ');
    fieldsOf(line);
    const trail = serviceAudit('web', line);
    if (trail) {
      check(trail.text.startsWith('service web: '), 'a line of the trail begins with the service');
      check(trail.text.endsWith('"from":"web"}'), 'and ends with it');
      check(trail.text.length < 2100, 'no line fills the trail');
      auditAction(trail.text);
    }
    const facts = {
      timeMs: 1n,
      source: 'web',
      stream: 'stdout',
      message: line,
      pid: 7,
      missed: 0n,
      sequence: 1n,
    };
    const sent = syslogMessage(facts, { hostname: line, facility: 3, limit: 1024 });
    check(sent.length <= 1024, 'no message is longer than its limit');
  },
};

export const stackTrace: Target = {
  reads: ['services/supervisor/incidents/incident.ts#stackOf'],
  seeds: () =>
    texts('/a.ts:7\n  throw x\n\nTypeError: no\n    at f (/a.ts:7:9)\n    at g (b:1:1)\n\nNode.js v26'),
  words: ['    at f (a:1:1)\n', 'Error: x\n', 'Uncaught ', '\n\n'],
  run: (bytes) => {
    const lines = bytes
      .toString()
      .split('\n')
      .map((msg) => ({ t: 1, stream: 'stderr', msg }) as const);
    check(stackOf(lines).length <= 20, 'a stack is short');
  },
};

export const secrets: Target = {
  reads: ['lib/report/mask.ts#maskSecrets'],
  seeds: () =>
    texts(
      'password="a b" token: xyz Authorization: Bearer abcdefghijkl https://me:pw@host/',
      'Kernel command line: console=ttyS0 secret=1\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
    ),
  words: [
    'password',
    '=',
    '"',
    '\\"',
    '--token ',
    'Bearer ',
    '-----BEGIN PRIVATE KEY-----',
    'eyJ',
    'AKIA',
    '://',
  ],
  run: (bytes) => {
    maskSecrets(bytes.toString());
  },
};

export const probeLine: Target = {
  reads: ['lib/audit/probe-line.ts#parseProbeLine', 'build/audit/judge/namespaces.ts#parseNamespaces'],
  seeds: () =>
    texts(
      '{"audit":"core-pattern","outcome":"refused","detail":"EPERM"}',
      'user:4026531837 net:1 uids:100000+65536',
    ),
  words: ['{"audit":', '"outcome":"succeeded"', '"detail":', 'uids:', '+', ' '],
  run: (bytes) => {
    const text = bytes.toString();
    const result = parseProbeLine(text);
    if (result) check(typeof result.id === 'string' && typeof result.detail === 'string', 'texts');
    parseNamespaces(text);
  },
};

export const ethernetFrames: Target = {
  reads: ['lib/net/frame-stream.ts#FrameSplitter'],
  seeds: () => [Buffer.from('00000003616263000000026465', 'hex'), Buffer.from('ffffffff', 'hex')],
  run: (bytes) => {
    const splitter = new FrameSplitter();
    try {
      for (const byte of bytes)
        for (const frame of splitter.push(Buffer.of(byte))) check(frame.length <= maxFrameBytes, 'bounds');
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
    }
  },
};

export const controlHandshake: Target = {
  reads: ['lib/control/handshake.ts#isFreshSession'],
  seeds: () => [Buffer.from('000006040000000000', 'hex')],
  run: (bytes) => {
    if (isFreshSession(bytes)) check(bytes[3] === 4, 'a session begins with SETTINGS');
  },
};
