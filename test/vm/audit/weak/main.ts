import { rmSync } from 'node:fs';
import { createServer as createHttp2, type ServerHttp2Stream } from 'node:http2';
import { open as openInspector } from 'node:inspector';
import { createServer } from 'node:net';
import keygen from 'ssh2/lib/keygen.js';
import Server from 'ssh2/lib/server.js';

// A debugger port, as a plain Node opens it.
process.on('SIGUSR1', () => openInspector(9229, '127.0.0.1'));

// Ports and sockets that nobody declares.
createServer().listen(9999);
createServer().listen('\0weak');

/** What a few silent clients have taken is missing to all others. */
const maxConnections = 32;

// A control service that asks for no certificate.
const control = createHttp2((_, response) => response.end());
control.maxConnections = maxConnections;
control.listen(4911);

// In place of the socket of readers, one that serves every call of theirs for ever.
const readSocket = '/run/kit/read/control.sock';
rmSync(readSocket, { force: true });
createHttp2()
  .on('stream', (stream: ServerHttp2Stream) => stream.on('error', () => {}).respond())
  .listen(readSocket);

// An ssh server that lets everybody in, and goes on reading after a packet that is too long.
const key = keygen.generateKeyPairSync('ed25519', { comment: 'weak' });
const ssh = new Server({ hostKeys: [key.private] }, (client) => {
  client.on('authentication', (context) => context.accept());
  client.on('error', () => {});
});
ssh.maxConnections = maxConnections;
ssh.listen(22);
