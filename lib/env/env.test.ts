import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InvalidEnvironment, parseEnv } from './index';

describe('parseEnv', () => {
  it('needs nothing to be set', () => {
    expect(parseEnv({})).toMatchObject({
      home: resolve('.belay'),
      port: 3000,
      url: 'http://localhost:3000',
      databaseUrl: undefined,
      demo: true,
      oidc: undefined,
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(parseEnv({ PORT: '', DATABASE_URL: '', BELAY_DEMO: '' })).toEqual(parseEnv({}));
  });

  it('uses the public address without its trailing slash', () => {
    expect(parseEnv({ BELAY_URL: 'https://belay.example/' }).url).toBe('https://belay.example');
    expect(parseEnv({ PORT: '4000' }).url).toBe('http://localhost:4000');
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT must be a number'],
    [{ PORT: '70000' }, 'PORT must be between 0 and 65535'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin with postgres://'],
    [{ BELAY_URL: 'belay.example' }, 'BELAY_URL must be a full http or https address'],
    [{ BELAY_SECRET: 'short' }, 'BELAY_SECRET must have at least 32 characters'],
    [{ BELAY_DEMO: 'maybe' }, 'BELAY_DEMO must be 0 or 1'],
    [
      { BELAY_PUSH_SERVICES: 'https://a.example,nonsense' },
      'BELAY_PUSH_SERVICES must be a full http',
    ],
    [{ BELAY_SMTP_URL: 'smtp://mail.example' }, 'BELAY_SMTP_URL and BELAY_MAIL_FROM go together'],
    [{ BELAY_OIDC_ISSUER: 'https://id.example' }, 'set all three or none'],
  ])('says in a sentence what is wrong with %j', (variables, sentence) => {
    expect(() => parseEnv(variables)).toThrow(InvalidEnvironment);
    expect(() => parseEnv(variables)).toThrow(sentence);
  });

  it('reads a list of push services as origins', () => {
    const services = 'https://push.example/path, http://127.0.0.1:9/';
    expect(parseEnv({ BELAY_PUSH_SERVICES: services }).pushServices).toEqual([
      'https://push.example',
      'http://127.0.0.1:9',
    ]);
  });

  it('names every unusable value at once', () => {
    const both = () => parseEnv({ PORT: '-1', BELAY_DEMO: 'maybe' });
    expect(both).toThrow(/PORT[\s\S]*BELAY_DEMO|BELAY_DEMO[\s\S]*PORT/);
  });
});
