/** Answers in the shapes that Entra answers in, with errors that no other identity server gives. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { issueForServer } from './certificates';
import { tenant } from './identity-server';

export interface Answer {
  readonly status: number;
  readonly body: object | string;
}

export interface RecordedServer {
  readonly authority: string;
  readonly authorityPem: string;
  /** Answers of the token endpoint, in order; the last one stays. */
  readonly answers: Answer[];
  /** What the token endpoint was sent. */
  readonly sent: URLSearchParams[];
  /** How often somebody began to sign in with a code. */
  readonly codes: () => number;
  readonly stop: () => Promise<void>;
}

/** An error of Entra, as recorded; what stands for people and requests is made up. */
export function refusal(code: number, error: string, more: { readonly suberror?: string; readonly claims?: string } = {}): Answer {
  return {
    status: error === 'invalid_client' ? 401 : 400,
    body: {
      error,
      error_description: `AADSTS${code}: Recorded. User 'canary.person@contoso.example' in tenant 'Contoso'. Trace ID: 0 Correlation ID: 0 Timestamp: 2026-11-20 08:00:00Z`,
      error_codes: [code],
      timestamp: '2026-11-20 08:00:00Z',
      trace_id: '00000000-0000-0000-0000-000000000000',
      correlation_id: '00000000-0000-0000-0000-000000000000',
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
      ...more,
    },
  };
}

export const pending: Answer = refusal(70016, 'authorization_pending');

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An unsigned token: nobody who reads it here verifies it. */
export function token(claims: object): string {
  return `${part({ typ: 'JWT', alg: 'none' })}.${part(claims)}.canaryTokenSignature`;
}

/** A sign-in that worked, as Entra answers a person. */
export function success({
  scope,
  home = tenant,
  tid = tenant,
  access = 'canary-opaque-token',
}: {
  scope?: string;
  home?: string;
  tid?: string;
  access?: string;
}): Answer {
  const now = Math.floor(Date.now() / 1000);
  const id = {
    aud: 'app',
    iss: `https://login.microsoftonline.com/${tid}/v2.0`,
    iat: now,
    exp: now + 3600,
    oid: 'person',
    sub: 'subject',
    tid,
    ver: '2.0',
  };
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      ...(scope === undefined ? {} : { scope }),
      expires_in: 3600,
      ext_expires_in: 3600,
      access_token: access,
      refresh_token: 'canary-refresh-token',
      id_token: token(id),
      client_info: part({ uid: 'person', utid: home }),
    },
  };
}

/** Starts one. */
export async function startRecordedServer(): Promise<RecordedServer> {
  const { authority: ca, server: own } = issueForServer();
  const answers: Answer[] = [];
  const sent: URLSearchParams[] = [];
  let codes = 0;
  const server = createServer({ cert: own.certificate, key: own.key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, body } = answer(request.url ?? '', Buffer.concat(chunks).toString('utf8'));
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `https://localhost:${(server.address() as AddressInfo).port}`;
  const authority = `${host}/${tenant}`;

  function answer(url: string, text: string): Answer {
    if (url.includes('/openid-configuration')) {
      const endpoint = (name: string) => `${authority}/oauth2/v2.0/${name}`;
      const body = {
        issuer: `${authority}/v2.0`,
        authorization_endpoint: endpoint('authorize'),
        token_endpoint: endpoint('token'),
        device_authorization_endpoint: endpoint('devicecode'),
        jwks_uri: endpoint('keys'),
      };
      return { status: 200, body };
    }
    if (url.includes('/devicecode')) {
      codes++;
      const address = 'https://microsoft.com/devicelogin';
      return {
        status: 200,
        body: {
          user_code: `CODE${codes}`,
          device_code: 'canary-device-code',
          verification_uri: address,
          expires_in: 900,
          interval: 1,
          message: `To sign in, open ${address}`,
        },
      };
    }
    sent.push(new URLSearchParams(text));
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500, body: {} };
  }

  return {
    authority,
    authorityPem: ca.certificate,
    answers,
    sent,
    codes: () => codes,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
