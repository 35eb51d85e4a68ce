import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

const server = createServer(async (_request, response) => {
  const client = new WebSocket('ws://localhost:8006');
  await once(client, 'open');
  client.send('ws');
  const [data] = await once(client, 'message');
  client.close();
  response.end(String(data));
});
new WebSocketServer({ server }).on('connection', (socket) => {
  socket.on('message', (data) => socket.send(`${data} echo`));
});
server.listen(8006);
