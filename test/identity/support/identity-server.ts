/** A real identity server on this machine: oidc-provider, taught the few ways in which Entra differs. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { issueForServer } from './certificates';

/** What the tests of the server need to know of a request. */
export interface Asked {
  readonly path: string;
  readonly grant: string | undefined;
  readonly scopes: readonly string[];
}

/** What the person, the administrator and Entra would decide. Tests change it between requests. */
export interface Policy {
  person: 'accepts' | 'declines' | 'does nothing';
  /** Who enters the code. */
  who: string;
  /** Names that are consented to; what a person accepts is added. */
  readonly consented: Set<string>;
  /** Names that only an administrator may consent to. */
  readonly forAdministrators: ReadonlySet<string>;
  roles: readonly string[];
  codeSeconds: number;
  /** Tokens that nobody but Graph can read. */
  opaque: boolean;
}

export interface IdentityServer {
  readonly issuer: string;
  readonly authorityPem: string;
  readonly policy: Policy;
  readonly asked: Asked[];
  /** As when an administrator revokes all sessions. */
  readonly revokeAll: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const clients = {
  person: '11111111-1111-4111-8111-111111111111',
  secret: '22222222-2222-4222-8222-222222222222',
  certificate: '33333333-3333-4333-8333-333333333333',
} as const;
export const tenant = '99999999-9999-4999-8999-999999999999';
/** Of the client that has one. It must never be printed: the tests look for it. */
export const clientSecret = 'canary~Secret.0123456789-abcdefghijkl';
export const graph = 'https://graph.microsoft.com';
export const registered = ['User.Read', 'Mail.Read', 'Mail.Send', 'Files.Read', 'Directory.Read.All'] as const;
const somebody = 'somebody';
const openId = ['openid', 'profile', 'email', 'offline_access'];

// The parts of oidc-provider that are used; its own types are another package.
interface Context {
  readonly path: string;
  body: unknown;
}
interface Stored {
  [name: string]: unknown;
  readonly save: () => Promise<string>;
}
interface Provider {
  readonly callback: () => (request: IncomingMessage, response: unknown) => void;
  readonly use: (middleware: (context: Context, next: () => Promise<void>) => Promise<void>) => void;
  readonly on: (event: string, listener: (...values: never[]) => void) => void;
  readonly DeviceCode: {
    readonly findByUserCode: (code: string) => Promise<(Stored & { readonly params: { client_id: string } }) | undefined>;
  };
  readonly Grant: new (
    of: object,
  ) => Stored & {
    readonly addOIDCScope: (scope: string) => void;
    readonly addResourceScope: (resource: string, scope: string) => void;
    readonly destroy: () => Promise<void>;
  };
}
type ProviderClass = new (issuer: string, configuration: object) => Provider;

/** Starts one. `appCertificate`: what the client that signs in with a certificate is known by. */
export async function startIdentityServer(appCertificate: KeyObject): Promise<IdentityServer> {
  const policy: Policy = {
    person: 'accepts',
    who: somebody,
    consented: new Set(),
    forAdministrators: new Set(['Directory.Read.All']),
    roles: [],
    codeSeconds: 60,
    opaque: false,
  };
  const asked: Asked[] = [];
  const { authority, server: own } = issueForServer();
  const server = createServer({ cert: own.certificate, key: own.key });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `https://localhost:${(server.address() as AddressInfo).port}`;
  // Not a literal: the bundle of the tests must leave it where it is.
  const name: string = 'oidc-provider';
  const { default: Class } = (await import(name)) as { readonly default: ProviderClass };
  const provider = new Class(issuer, configuration(policy, appCertificate));
  const grants: { readonly destroy: () => Promise<void> }[] = [];

  provider.use(async (context, next) => {
    await next();
    // Entra names the pause between two questions, and refuses a person's no in its own word.
    if (context.path === '/devicecode') context.body = { ...(context.body as object), interval: 1 };
    const answer = context.body as { error?: string } | undefined;
    if (context.path === '/token' && answer?.error === 'access_denied') context.body = { ...answer, error: 'authorization_declined' };
  });
  provider.on('device_authorization.success', (_context: unknown, { user_code: code }: { user_code: string }) => {
    setTimeout(() => void decide(provider, policy, asked.at(-1)?.scopes ?? [], code, grants), 300);
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void translate(request, asked).then((translated) => answer(translated, response)));
  return {
    issuer,
    authorityPem: authority.certificate,
    policy,
    asked,
    revokeAll: async () => {
      for (const grant of grants.splice(0)) await grant.destroy();
    },
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function configuration(policy: Policy, appCertificate: KeyObject): object {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const common = { redirect_uris: [], response_types: [] };
  const device = 'urn:ietf:params:oauth:grant-type:device_code';
  return {
    clients: [
      {
        ...common,
        client_id: clients.person,
        token_endpoint_auth_method: 'none',
        grant_types: [device, 'refresh_token'],
        application_type: 'native',
      },
      {
        ...common,
        client_id: clients.secret,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['client_credentials'],
      },
      {
        ...common,
        client_id: clients.certificate,
        token_endpoint_auth_method: 'private_key_jwt',
        grant_types: ['client_credentials'],
        jwks: { keys: [{ ...appCertificate.export({ format: 'jwk' }), use: 'sig' }] },
      },
    ],
    scopes: [...openId, ...registered],
    claims: { openid: ['sub', 'tid'] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['tests'] },
    routes: { device_authorization: '/devicecode' },
    enabledJWA: { clientAuthSigningAlgValues: ['PS256', 'RS256'] },
    rotateRefreshToken: false,
    issueRefreshToken: () => true,
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, tid: tenant }) }),
    extraTokenClaims: (_context: unknown, token: { readonly kind: string; readonly scope?: string }) =>
      token.kind === 'ClientCredentials' ? { tid: tenant, idtyp: 'app', roles: policy.roles } : { tid: tenant, scp: token.scope },
    ttl: {
      DeviceCode: () => policy.codeSeconds,
      AccessToken: 300,
      ClientCredentials: 300,
      Grant: 3600,
      IdToken: 300,
      RefreshToken: 3600,
      Interaction: 60,
      Session: 60,
    },
    features: {
      devInteractions: { enabled: false },
      deviceFlow: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => graph,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: registered.join(' '),
          audience: graph,
          accessTokenFormat: policy.opaque ? 'opaque' : 'jwt',
          ...(policy.opaque ? {} : { jwt: { sign: { alg: 'RS256' } } }),
        }),
      },
    },
  };
}

/** What happens at the address where the code is entered. */
async function decide(
  provider: Provider,
  policy: Policy,
  scopes: readonly string[],
  userCode: string,
  grants: { readonly destroy: () => Promise<void> }[],
): Promise<void> {
  const code = await provider.DeviceCode.findByUserCode(userCode.replace(/\W/g, ''));
  if (!code || policy.person === 'does nothing') return;
  const names = scopes.filter((scope) => !openId.includes(scope));
  if (policy.person === 'declines' || names.some((name) => policy.forAdministrators.has(name))) {
    Object.assign(code, { error: 'access_denied', errorDescription: 'declined' });
    await code.save();
    return;
  }
  for (const name of names) policy.consented.add(name);
  const grant = new provider.Grant({ accountId: policy.who, clientId: code.params.client_id });
  grant.addOIDCScope(openId.join(' '));
  grant.addResourceScope(graph, [...policy.consented].join(' '));
  const grantId = await grant.save();
  grants.push(grant);
  const scope = [...openId, ...policy.consented].join(' ');
  Object.assign(code, { accountId: policy.who, grantId, scope, resource: graph, authTime: Math.floor(Date.now() / 1000) });
  await code.save();
}

/** Rewrites a request: msal's short name of the grant, and scopes with the address of Graph, as Entra takes them. */
async function translate(request: IncomingMessage, asked: Asked[]): Promise<IncomingMessage> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const path = (request.url ?? '').replace(/\?.*/, '');
  const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  const scopes = (form.get('scope') ?? '')
    .split(' ')
    .filter(Boolean)
    .map((scope) => scope.replace(`${graph}/`, ''));
  if (request.method === 'POST') asked.push({ path, grant: form.get('grant_type') ?? undefined, scopes });
  if (form.get('grant_type') === 'device_code') form.set('grant_type', 'urn:ietf:params:oauth:grant-type:device_code');
  // Entra gives everything that is consented to, whatever was asked for.
  form.delete('scope');
  if (path === '/devicecode') form.set('scope', [...openId, ...registered].join(' '));
  const body = Buffer.from(request.method === 'POST' ? form.toString() : '');
  const { method, url, socket, httpVersion } = request;
  const headers = { ...request.headers, 'content-length': String(body.length) };
  return Object.assign(Readable.from([body], { objectMode: false }), {
    method,
    url,
    socket,
    httpVersion,
    headers,
    complete: true,
  }) as unknown as IncomingMessage;
}
