/** Where each cloud signs in, and where its Graph is: both decide what a token is for. */
import type { Environment } from '../core/project/sign-in-model';

/** The tenant of all personal accounts. */
export const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** The hosts of a cloud. L4 and L5 share the one that signs in and differ in their Graph. */
interface Cloud {
  readonly login: string;
  readonly graph: string;
}

const clouds: Readonly<Record<Environment, Cloud>> = {
  office365: { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  'us-gov-l4': { login: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' },
  'us-gov-l5': { login: 'https://login.microsoftonline.us', graph: 'https://dod-graph.microsoft.us' },
  china: { login: 'https://login.partner.microsoftonline.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
};

/** The address that signs in for a tenant: a GUID, a domain, common, organizations or consumers. */
export function authorityOf(environment: Environment, tenant: string): string {
  return `${clouds[environment].login}/${encodeURIComponent(tenant)}`;
}

/** The address of Graph in a cloud, which stands before each scope's name. */
export function graphOf(environment: Environment): string {
  return clouds[environment].graph;
}

/** Words that stand for many tenants: an application cannot sign in to them. */
export function isSharedTenant(tenant: string): boolean {
  return ['common', 'organizations', 'consumers'].includes(tenant.toLowerCase());
}
