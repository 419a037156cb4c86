import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../server/config.ts';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'equipoise-config-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const read = (env: Record<string, string> = {}) => readConfig({ EQUIPOISE_HOME: home, ...env });

test('with nothing set, a SQLite file and a key of its own, and no one else may read the key', () => {
  const config = read();
  expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, publicUrl: null, logLevel: 'info' });
  expect(config.databaseUrl).toBe(`sqlite:${join(home, 'equipoise.sqlite')}`);
  expect(config.key).toHaveLength(32);
  expect(statSync(join(home, 'key')).mode & 0o777).toBe(0o600);
  expect(read().key.equals(config.key), 'the key stays').toBe(true);
});

test('each variable that is wrong is named, all at once', () => {
  const wrong = {
    PORT: '99999',
    EQUIPOISE_KEY: 'abc',
    EQUIPOISE_URL: 'trials.example.org',
    EQUIPOISE_TIME_ZONE: 'Europe/Lohja',
    LOG_LEVEL: 'loud',
  };
  for (const [name, value] of Object.entries(wrong)) expect(() => read({ [name]: value })).toThrow(name);
  expect(() => read(wrong)).toThrow(
    /PORT[\s\S]*EQUIPOISE_KEY[\s\S]*EQUIPOISE_URL[\s\S]*EQUIPOISE_TIME_ZONE[\s\S]*LOG_LEVEL/,
  );
});

test('the public address is an origin, however it is written', () => {
  expect(read({ EQUIPOISE_URL: 'https://Trials.example.org/' }).publicUrl).toBe('https://trials.example.org');
  for (const url of ['https://example.org/trials', 'ftp://example.org', 'javascript:alert(1)'])
    expect(() => read({ EQUIPOISE_URL: url })).toThrow('EQUIPOISE_URL');
});
