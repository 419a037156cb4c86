import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  url: string;
  /** Messages as they came over the wire, with the quoted-printable undone. */
  received: { to: string[]; text: string }[];
  /** Answers every message with a failure from now on, or takes them again. */
  refuse(refusing: boolean): void;
  close(): Promise<void>;
}

/** A mail server on this machine that keeps what it is given. */
export async function mailbox(): Promise<Mailbox> {
  const received: Mailbox['received'] = [];
  let refusing = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (refusing) return done(Object.assign(new Error('Mailbox is away'), { responseCode: 451 }));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, text: decoded(Buffer.concat(parts).toString('utf8')) });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuse(wanted) {
      refusing = wanted;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function decoded(message: string): string {
  const at = message.indexOf('\r\n\r\n');
  const head = message.slice(0, at);
  const body = message.slice(at + 4);
  const plain = /base64/i.test(head)
    ? Buffer.from(body, 'base64').toString('utf8')
    : /quoted-printable/i.test(head)
      ? Buffer.from(
          body
            .replaceAll(/=\r\n/g, '')
            .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        ).toString('utf8')
      : body;
  return `${head}\r\n\r\n${plain}`;
}
