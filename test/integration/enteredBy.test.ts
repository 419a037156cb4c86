import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from '../setup/http.ts';

/** What one person typed and another's session would send, in the same browser. */
describe('a request that names who wrote it', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer(['ipt-depression']);
  });
  afterAll(() => server.close());

  it('is answered for that person, and refused when the session is someone else’s', async () => {
    const [anna, bertil] = [await server.account('Anna Aalto'), await server.account('Bertil Berg')];
    for (const user of [anna, bertil]) await server.join(user, 'ipt-depression', 'coordinator');
    const agent = await server.signIn(bertil);
    const path = '/api/studies/ipt-depression/worklist';
    expect((await agent.get(path)).status).toBe(200);
    expect((await agent.get(path).set('X-Equipoise-User', bertil.id)).status).toBe(200);
    const refused = await agent.get(path).set('X-Equipoise-User', anna.id);
    expect(refused.status).toBe(401);
    expect(refused.body).toMatchObject({ error: 'not-signed-in' });
    expect(refused.body.message).toContain('nothing was changed');
  });
});
