/** Tells requests that Graph answers to a signed-in user alone. */
import type { Use } from '../project/model';

/** The request of a use to `/me`, such as `GET /me/messages`: under an application's own sign-in there is nobody it could mean. */
export function requestOfUser({ needs, operations }: Pick<Use, 'needs' | 'operations'>): string | undefined {
  const [request, ...others] = operations.flat();
  const isOfUser = request !== undefined && others.length === 0 && /^\w+ \/me(?:\/|$)/i.test(request);
  return isOfUser && needs.application.length === 0 && needs.delegated.length > 0 ? request : undefined;
}
