import { appendFileSync } from 'node:fs';
import { Writable } from 'node:stream';

/** A transport of one's own, which pino loads into a thread. */
export default ({ destination }: { destination: string }): Writable =>
  new Writable({
    write(chunk, _encoding, done) {
      appendFileSync(destination, chunk);
      done();
    },
  });
