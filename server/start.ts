import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { endLines } from './changes/streams.ts';
import { startPostman } from './mail/deliver.ts';
import { endThread, warmThread } from './results/thread.ts';
import type { Services } from './services.ts';

export interface Listening {
  url: string;
  close(): Promise<void>;
}

/** Listens on the configured address; `close` waits for requests under way, then closes the database. */
export async function listen(services: Services, webFolder?: string): Promise<Listening> {
  const server = createServer(createApp(services, webFolder));
  server.requestTimeout = 120_000;
  const { host, port } = services.config;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  warmUp();
  const stopPostman = startPostman(services);
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${shown}:${address.port}`, close: () => close(server, services, stopPostman) };
}

/** Once the server answers, before anyone asks for results. */
function warmUp(): void {
  // A server that stops at once ends the thread while it starts.
  setTimeout(() => void warmThread().catch(() => undefined), 300).unref();
}

async function close(server: Server, services: Services, stopPostman: () => Promise<void>): Promise<void> {
  endLines(services);
  await new Promise<void>((resolve) => {
    // A connection whose request was under way is idle once it is answered.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
  });
  await endThread();
  await stopPostman();
  await services.db.close();
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`Port ${port} is taken by another program. Choose another: PORT=4001 npm start`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new Error(`This machine has no address “${host}”. Set HOST to one it has, such as 127.0.0.1.`);
  if (error.code === 'EACCES')
    return new Error(`Port ${port} needs more rights than this user has. Choose one above 1023.`);
  return error;
}
