/** `ask-names.ts NAME…`: prints what 127.0.0.1 says of each, a line of JSON: addresses, or an error code. */
import { Resolver } from 'node:dns/promises';
import { codeOf } from '../../lib/errors/errors.ts';

const resolver = new Resolver({ timeout: 1000, tries: 2 });
resolver.setServers(['127.0.0.1']);
for (const name of process.argv.slice(2)) {
  const answer = await resolver.resolve4(name, { ttl: true }).catch(codeOf);
  console.log(JSON.stringify(answer));
}
