import {
  Client,
  credentials,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  status,
} from '@grpc/grpc-js';
import {
  ControlService,
  type ServiceReply,
  type ServiceRequest,
} from '../../lib/control/generated/control.ts';

// Serves a part of the control protocol on the socket in its first argument, and calls it, since the
// supervisor does both.
const address = `unix:${process.argv[2]}`;
const { stopService } = ControlService;
const answer: handleUnaryCall<ServiceRequest, ServiceReply> = ({ request: { service } }, done) => {
  if (service === 'web') done(null, { service: undefined });
  else done({ code: status.NOT_FOUND, details: `Unknown service "${service}"` });
};
const server = new Server();
server.addService({ stopService }, { stopService: answer });
server.bindAsync(address, ServerCredentials.createInsecure(), async (error) => {
  // Otherwise the call would wait for ever.
  if (error) throw error;
  const client = new Client(address, credentials.createInsecure());
  const stop = (service: string): Promise<string | undefined> => {
    const { path, requestSerialize, responseDeserialize } = stopService;
    const metadata = new Metadata({ waitForReady: true });
    return new Promise((resolve) => {
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { service }, metadata, (error) =>
        resolve(error?.message),
      );
    });
  };
  process.stdout.write(`${await stop('web')} ${await stop('other')}\n`);
  client.close();
  server.forceShutdown();
});
