/** A part of ssh2, whose index Node cannot import by name. */
declare module 'ssh2/lib/client.js' {
  import { Client } from 'ssh2';
  export default Client;
}
