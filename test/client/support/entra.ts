/** Answers msal's requests in this process as Entra does, in its recorded shapes; every host but Entra's is unreachable. */

const host = 'login.microsoftonline.com';
const tenant = '99999999-9999-4999-8999-999999999999';
/** Of everything secret: it must be shown and told nowhere. */
export const canary = 'CANARY0123456789';

export interface FakeEntra {
  /** The grant of each request for a token, and each code. */
  readonly asked: string[];
  granted: readonly string[];
  roles: readonly string[];
  /** Whether somebody entered the code. */
  isEntered: boolean;
  /** AADSTS number of the refusal of the next token, with the protocol's error. */
  refusal: readonly [number, string] | undefined;
  isDown: boolean;
  /** Holds every answer about a token back. */
  gate: Promise<unknown>;
  readonly restore: () => void;
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: object) => `${part({ alg: 'none' })}.${part({ ...claims, canary })}.${canary}`;
const answer = (status: number, body: object) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const refuse = (number: number, error: string) =>
  answer(error === 'invalid_client' ? 401 : 400, { error, error_description: `AADSTS${number}: ${canary}`, error_codes: [number] });

function configurationOf(path: string): object {
  const base = `https://${host}/${path.split('/')[1]}`;
  return {
    issuer: `https://${host}/${tenant}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  };
}

function person(granted: readonly string[]): object {
  const now = Math.floor(Date.now() / 1000);
  const issuer = `https://${host}/${tenant}/v2.0`;
  return {
    token_type: 'Bearer',
    scope: granted.map((name) => `https://graph.microsoft.com/${name}`).join(' '),
    expires_in: 3600,
    access_token: token({ scp: granted.join(' '), tid: tenant }),
    refresh_token: canary,
    id_token: token({ aud: 'app', iss: issuer, iat: now, exp: now + 3600, oid: 'ada', sub: 'ada', tid: tenant, ver: '2.0' }),
    client_info: part({ uid: 'ada', utid: tenant }),
  };
}

/** Takes the place of `fetch` until it is restored. */
export function startFakeEntra(): FakeEntra {
  const real = globalThis.fetch;
  const entra: FakeEntra = {
    asked: [],
    granted: [],
    roles: [],
    isEntered: true,
    refusal: undefined,
    isDown: false,
    gate: Promise.resolve(),
    restore: () => {
      globalThis.fetch = real;
    },
  };
  const tokenFor = async (form: URLSearchParams): Promise<Response> => {
    const grant = form.get('grant_type') ?? '';
    entra.asked.push(grant);
    await entra.gate;
    if (grant === 'device_code' && !entra.isEntered) return refuse(70016, 'authorization_pending');
    if (entra.refusal) return refuse(...entra.refusal);
    if (grant !== 'client_credentials') return answer(200, person(entra.granted));
    const claims = { idtyp: 'app', roles: entra.roles, tid: tenant };
    return answer(200, { token_type: 'Bearer', expires_in: 3600, access_token: token(claims) });
  };
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    init?.signal?.throwIfAborted();
    if (entra.isDown || url.hostname !== host) throw new TypeError('fetch failed');
    if (url.pathname.endsWith('/openid-configuration')) return answer(200, configurationOf(url.pathname));
    const form = new URLSearchParams(String(init?.body ?? ''));
    if (!url.pathname.endsWith('/devicecode')) return tokenFor(form);
    entra.asked.push('code');
    return answer(200, {
      user_code: 'CODE-1',
      device_code: canary,
      verification_uri: 'https://microsoft.com/devicelogin',
      expires_in: 900,
      interval: 1,
      message: 'not shown',
    });
  };
  return entra;
}
