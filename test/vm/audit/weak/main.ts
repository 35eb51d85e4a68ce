import { createServer as createHttp2 } from 'node:http2';
import { open as openInspector } from 'node:inspector';
import { createServer } from 'node:net';
import keygen from 'ssh2/lib/keygen.js';
import Server from 'ssh2/lib/server.js';

// A debugger port, as a plain Node opens it.
process.on('SIGUSR1', () => openInspector(9229, '127.0.0.1'));

// Ports and sockets that nobody declares.
createServer().listen(9999);
createServer().listen('\0weak');

// A control service that asks for no certificate.
createHttp2((_, response) => response.end()).listen(4911);

// An ssh server that lets everybody in.
const key = keygen.generateKeyPairSync('ed25519', { comment: 'weak' });
new Server({ hostKeys: [key.private] }, (client) => {
  client.on('authentication', (context) => context.accept());
  client.on('error', () => {});
}).listen(22);
