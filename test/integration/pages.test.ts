import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { listen } from '../../server/start.ts';
import { type TestServices, testServices } from '../setup/services.ts';

let folder: string;
let test_: TestServices;
let app: ReturnType<typeof createApp>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'equipoise-pages-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Equipoise</title>');
  await writeFile(join(folder, 'assets', 'page-abc123.js'), 'export {};');
  test_ = await testServices();
  app = createApp(test_.services, folder);
});
afterAll(async () => {
  await test_?.close();
  await rm(folder, { recursive: true, force: true });
});

test('every address that isn’t the API’s is a page, fresh each time', async () => {
  for (const address of ['/', '/sign-in', '/studies/ipt-depression/participants/LOH-0001']) {
    const page = await request(app).get(address);
    expect(page.status, address).toBe(200);
    expect(page.text).toContain('<title>Equipoise</title>');
    expect(page.headers['cache-control']).toBe('no-cache');
  }
});

test('built files are kept for ever, and one that is gone is not found', async () => {
  const file = await request(app).get('/assets/page-abc123.js');
  expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const gone = await request(app).get('/assets/page-old.js');
  expect(gone.status).toBe(404);
  expect(gone.body.error).toBe('not-found');
  expect((await request(app).get('/api/nothing')).body.error).toBe('not-found');
});

test('no address leads out of the folder', async () => {
  for (const address of [
    '/..%2f..%2fetc%2fpasswd',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%00',
    '/%c0%ae/x',
  ]) {
    const answer = await request(app).get(address);
    expect(answer.text, address).not.toContain('root:');
    expect(answer.text, address).not.toContain('"dependencies"');
    expect(answer.status, address).toBeLessThan(500);
  }
});

test('each reply says what a browser may do with it', async () => {
  for (const address of ['/', '/api/session', '/assets/page-abc123.js']) {
    const { headers } = await request(app).get(address);
    const policy = headers['content-security-policy']!;
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  }
});

test('a port that is taken is said in words', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const { services } = test_;
  const taken = { ...services, config: { ...services.config, port } };
  await expect(listen(taken)).rejects.toThrow(`Port ${port} is taken by another program`);
  await new Promise((resolve) => other.close(resolve));
  const nowhere = { ...services, config: { ...services.config, host: '192.0.2.1' } };
  await expect(listen(nowhere)).rejects.toThrow('This machine has no address “192.0.2.1”');
});

test('closing waits for what is under way', async () => {
  const own = await testServices();
  let began = () => {};
  const underWay = new Promise<void>((resolve) => {
    began = resolve;
  });
  const now = () => {
    began();
    return own.services.now();
  };
  const { url, close } = await listen({ ...own.services, now });
  // A password is slow to check, even against no account.
  const answer = fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'nobody@example.org', password: 'anything at all' }),
  });
  await underWay;
  await close();
  expect((await answer).status).toBe(401);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});
