import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Seals bytes under the server's key (AES-256-GCM); `label` binds the box to its place, so that boxes can't be swapped. */
export function seal(key: Buffer, label: string, plain: Uint8Array): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(label));
  const box = Buffer.concat([cipher.update(plain), cipher.final()]);
  return [
    'v1',
    nonce.toString('base64url'),
    box.toString('base64url'),
    cipher.getAuthTag().toString('base64url'),
  ].join('.');
}

/** @throws Error when the key, the label or the box isn't the one it was sealed with. */
export function unseal(key: Buffer, label: string, sealed: string): Buffer {
  const [version, nonce, box, tag] = sealed.split('.');
  if (version !== 'v1' || !nonce || box === undefined || !tag)
    throw new Error('The sealed secret is not readable.');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'));
  decipher.setAAD(Buffer.from(label));
  decipher.setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([decipher.update(Buffer.from(box, 'base64url')), decipher.final()]);
}
