import { entryLine } from '../../../../services/memlogd/entry.ts';
import { queryOf } from '../../../../services/memlogd/query.ts';
import { check, type Target, texts } from '../../target.ts';

export const memlogd: Target = {
  reads: ['services/memlogd/query.ts#queryOf', 'services/memlogd/entry.ts#entryLine'],
  seeds: () => [...texts('\0listening on port 80', '\x02ü\u{1f4dc}"\\\n'), Buffer.from([1, 0xff, 0xfe])],
  run: (bytes) => {
    const query = queryOf(bytes[0]);
    check(query === undefined || query.dump || query.follow, 'a client gets something');
    const message = bytes.toString('utf8', 1);
    const line = entryLine({ timeMs: 0n, source: message, stream: 'stdout', message }, 64);
    check(line.indexOf('\n') === line.length - 1, 'an entry is one line');
    check(Buffer.byteLength(JSON.parse(line).msg) <= 64, 'a message is within its limit');
  },
};
